// Writes the cookie that it is given. It never answers: an answer would make the page run again, and a click that is
// being carried out meanwhile would be lost. It writes each cookie once: it is drawn again when the connection is lost too,
// and by then somebody else may have signed in in another tab.
const tell = (type, more) => parent.postMessage({isStreamlitMessage: true, type: `streamlit:${type}`, ...more}, "*");

let written;

addEventListener("message", ({data, source}) => {
  if (source !== parent || data.type !== "streamlit:render") return;
  const {name, value, expires} = data.args;
  if (value === written) return;
  written = value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Strict; Expires=${new Date(expires).toUTCString()}${secure}`;
});
tell("componentReady", {apiVersion: 1});
