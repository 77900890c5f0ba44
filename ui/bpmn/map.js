// Draws the process that Python sends, with what is written on its shapes, and tells Python which shape was chosen.
"use strict";
const tell = (type, more) => parent.postMessage({isStreamlitMessage: true, type: `streamlit:${type}`, ...more}, "*");
const bar = document.getElementById("bar"), place = document.getElementById("map");
const HEAT = {light: ["#ffffff", "#dceaf7", "#b3d1ee", "#f7cf9c", "#f2a65e"],
  dark: ["#12171d", "#1f3346", "#28507a", "#6b4a1c", "#96591a"]};
let viewer, drawn = "";

function choose(id) { tell("setComponentValue", {value: {shape: id, at: Date.now()}, dataType: "json"}); }

function paint(theme) {
  const dark = theme.base === "dark", style = document.documentElement.style;
  const ink = theme.textColor, ground = theme.backgroundColor;
  style.setProperty("--ink", ink);
  style.setProperty("--ground", ground);
  style.setProperty("--line", dark ? "#364150" : "#d5dbe3");
  style.setProperty("--accent", theme.primaryColor);
  HEAT[dark ? "dark" : "light"].forEach((colour, n) => style.setProperty(`--heat-${n}`, colour));
  return {defaultFillColor: ground, defaultStrokeColor: ink, defaultLabelColor: ink};
}

function buttons(words) {
  const zoom = () => viewer.get("zoomScroll"), canvas = () => viewer.get("canvas");
  const acts = [["+", words.nearer, () => zoom().stepZoom(1)], ["−", words.farther, () => zoom().stepZoom(-1)],
    ["⤢", words.fit, () => canvas().zoom("fit-viewport")], ["1:1", words.whole, () => start(canvas(), 0.8)],
    ["←", words.left, () => canvas().scroll({dx: 200, dy: 0})], ["→", words.right, () => canvas().scroll({dx: -200, dy: 0})],
    ["↑", words.up, () => canvas().scroll({dx: 0, dy: 120})], ["↓", words.down, () => canvas().scroll({dx: 0, dy: -120})]];
  bar.replaceChildren(...acts.map(([sign, said, act]) => {
    const button = document.createElement("button");
    button.textContent = sign;
    button.title = said;
    button.setAttribute("aria-label", said);
    button.onclick = act;
    return button;
  }));
}

function start(canvas, scale) {
  const box = canvas.viewbox();
  canvas.viewbox({x: 0, y: 0, width: box.outer.width / scale, height: box.outer.height / scale});
}

function mark(marks) {
  const canvas = viewer.get("canvas"), overlays = viewer.get("overlays"), registry = viewer.get("elementRegistry");
  overlays.clear();
  for (const each of registry.filter(() => true)) {
    for (const name of ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "visited", "now", "asks"]) {
      canvas.removeMarker(each.id, name);
    }
  }
  for (const one of marks) {
    const shape = registry.get(one.shape);
    if (!shape) continue;
    one.classes.forEach(name => canvas.addMarker(one.shape, name));
    const badge = document.createElement(one.asks ? "button" : "span");
    badge.className = one.classes.includes("now") ? "badge now" : "badge";
    badge.textContent = one.text;
    badge.title = one.title;
    badge.setAttribute("aria-label", one.title);
    if (one.asks) {
      canvas.addMarker(one.shape, "asks");
      badge.onclick = () => choose(one.shape);
    }
    overlays.add(one.shape, {position: {left: shape.width / 2, top: 0}, html: badge, scale: {min: 0.6, max: 1.2}});
  }
}

async function draw({args, theme}) {
  const colours = paint(theme), looks = JSON.stringify([theme.base, args.xml.length]);
  tell("setFrameHeight", {height: args.height});
  document.documentElement.lang = args.words.language;
  place.setAttribute("aria-label", args.alt);
  if (looks !== drawn) {
    drawn = looks;
    viewer?.destroy();
    viewer = new BpmnJS({container: place, bpmnRenderer: colours});
    await viewer.importXML(args.xml);
    const canvas = viewer.get("canvas");
    canvas.zoom("fit-viewport");
    if (canvas.zoom() < 0.3) start(canvas, 0.45);
    const first = args.marks.find(one => one.classes.includes("now"));
    if (first) canvas.scrollToElement(first.shape, {left: 200, right: 200, top: 60, bottom: 60});
  }
  buttons(args.words);
  viewer.get("eventBus").off("element.click");
  viewer.get("eventBus").on("element.click", event => {
    if (args.marks.some(one => one.asks && one.shape === event.element.id)) choose(event.element.id);
  });
  mark(args.marks);
  document.body.dataset.drawn = "true";
}

let turn = Promise.resolve();
addEventListener("message", event => {
  if (event.source === parent && event.data.type === "streamlit:render") {
    turn = turn.then(() => draw(event.data)).catch(error => console.error(error));
  }
});
tell("componentReady", {apiVersion: 1});
