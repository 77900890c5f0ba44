// Draws the process, fetched once, with the marks from Python, and reports the chosen shape to Python.
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

// Centres a shape as far as the drawing's edges allow.
function centre(canvas, shape) {
  const {inner, width, height} = canvas.viewbox(), edge = 20;
  const within = (middle, size, first, length) =>
    Math.max(first - edge, Math.min(middle - size / 2, first + length + edge - size));
  canvas.viewbox({width, height, x: within(shape.x + shape.width / 2, width, inner.x, inner.width),
    y: within(shape.y + shape.height / 2, height, inner.y, inner.height)});
}

// The phase, lane and name of a task, from the drawing.
function where(registry, shape) {
  const [, phase, role] = shape.id.match(/_(\d)_(.+)$/);
  const group = registry.get(`group_${phase}`).businessObject, lane = registry.get(`lane_${role}`).businessObject;
  return [group.categoryValueRef.value, lane.name, shape.businessObject.name].join(" · ");
}

function mark(marks, asks) {
  const canvas = viewer.get("canvas"), overlays = viewer.get("overlays"), registry = viewer.get("elementRegistry");
  overlays.clear();
  for (const each of registry.filter(() => true)) {
    for (const name of ["heat-0", "heat-1", "heat-2", "heat-3", "heat-4", "visited", "now", "asks"]) {
      canvas.removeMarker(each.id, name);
    }
  }
  for (const [id, text, told, look] of marks) {
    const shape = registry.get(id);
    if (!shape) continue;
    canvas.addMarker(id, look);
    const badge = document.createElement(asks ? "button" : "span");
    badge.className = `badge ${look}`;
    badge.textContent = text;
    badge.title = `${where(registry, shape)}: ${told}`;
    badge.setAttribute("aria-label", badge.title);
    if (asks) {
      canvas.addMarker(id, "asks");
      badge.onclick = () => choose(id);
    }
    overlays.add(id, {position: {left: shape.width / 2, top: 0}, html: badge, scale: {min: 0.6, max: 1.2}});
  }
}

async function drawing(address) {
  const answer = await fetch(`../../${address}`);
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.text();
}

async function draw({args, theme}) {
  const colours = paint(theme), looks = JSON.stringify([theme.base, args.drawing]);
  tell("setFrameHeight", {height: args.height});
  document.documentElement.lang = args.words.language;
  place.setAttribute("aria-label", args.alt);
  if (looks !== drawn) {
    const xml = await drawing(args.drawing);
    viewer?.destroy();
    place.textContent = "";
    viewer = new BpmnJS({container: place, bpmnRenderer: colours});
    await viewer.importXML(xml);
    drawn = looks;
    const canvas = viewer.get("canvas");
    canvas.zoom("fit-viewport");
    if (canvas.zoom() < 0.3) start(canvas, 0.45);
    const first = args.marks.find(([, , , look]) => look === "now");
    if (first) centre(canvas, viewer.get("elementRegistry").get(first[0]));
  }
  buttons(args.words);
  viewer.get("eventBus").off("element.click");
  viewer.get("eventBus").on("element.click", event => {
    if (args.asks && args.marks.some(([id]) => id === event.element.id)) choose(event.element.id);
  });
  mark(args.marks, args.asks);
  document.body.dataset.drawn = "true";
}

let turn = Promise.resolve();
addEventListener("message", event => {
  if (event.source === parent && event.data.type === "streamlit:render") {
    turn = turn.then(() => draw(event.data)).catch(error => {
      console.error(error);
      if (!drawn) place.textContent = event.data.args.words.lost;
    });
  }
});
tell("componentReady", {apiVersion: 1});
