// Writes the given cookie. It sends no value back, because that would rerun the page and lose a click in progress. Each
// cookie is written once: after a lost connection the component is drawn again, and by then somebody else may have signed
// in in another tab.
const send = (type, more) => parent.postMessage({isStreamlitMessage: true, type: `streamlit:${type}`, ...more}, "*");

let written;

addEventListener("message", ({data, source}) => {
  if (source !== parent || data.type !== "streamlit:render") return;
  const {name, value, expires} = data.args;
  if (value === written) return;
  written = value;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name}=${value}; Path=/; SameSite=Strict; Expires=${new Date(expires).toUTCString()}${secure}`;
});
send("componentReady", {apiVersion: 1});
