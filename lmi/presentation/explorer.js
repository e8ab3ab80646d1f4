(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const frame = document.getElementById("net");
  const tip = document.getElementById("tip");
  const EDGE = 12; // pixels left free around the network
  /** The view starts no smaller: whole in width where that can still be read. */
  const readable = () => {
    if (frame.clientWidth < 600) return 0.95;
    return Math.min(0.86, Math.max(0.7, (frame.clientWidth - 2 * EDGE) / (data.box.right - data.box.left)));
  };
  let look = data.look;
  let touched = false; // whether the reader has moved the view

  const nodes = new vis.DataSet(data.nodes);
  const edges = new vis.DataSet(data.edges);
  const network = new vis.Network(frame, { nodes, edges }, data.options);
  const canvas = frame.querySelector("canvas");
  const surface = canvas.parentElement;
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", data.alt);
  surface.tabIndex = 0;
  surface.setAttribute("role", "application");
  surface.setAttribute("aria-label", "Arrow keys go from job to job; Enter opens its page.");

  // ---- the view -------------------------------------------------------------------------------------

  const inColumns = (scale) => {
    const pen = canvas.getContext("2d");
    const lines = (text, font, width) => {
      pen.font = font;
      return wrap(pen, text, width);
    };
    pen.save();
    const out = data.columns.map(({ head, sub, left, right }) => {
      const width = (right - left) * scale - 10;
      const size = width < 90 ? 11 : 15;
      const under = width < 100 ? [] : lines(sub, `12px ${data.font}`, width);
      return { left, right, size, head: lines(head, `bold ${size}px ${data.font}`, width), under };
    });
    pen.restore();
    return out;
  };

  const headHeight = (columns) =>
    Math.max(0, ...columns.map((c) => c.head.length * (c.size + 3) + c.under.length * 15)) + 12;

  function wrap(pen, text, width) {
    const out = [];
    for (const word of text.split(/\s+/)) {
      const longer = out.length ? `${out[out.length - 1]} ${word}` : word;
      if (out.length && pen.measureText(longer).width <= width) out[out.length - 1] = longer;
      else if (pen.measureText(word).width <= width) out.push(word);
      else {
        out.push("");
        for (const sign of word) {
          if (pen.measureText(out[out.length - 1] + sign).width > width) out.push("");
          out[out.length - 1] += sign;
        }
      }
    }
    return out;
  }

  function view(least) {
    const width = frame.clientWidth;
    const height = frame.clientHeight;
    if (!width || !height) return;
    const { left, top, right, bottom } = data.box;
    let scale = 1;
    let head = 0;
    for (let i = 0; i < 4; i += 1) {
      head = headHeight(inColumns(scale));
      const room = [(width - 2 * EDGE) / (right - left), (height - head - 2 * EDGE) / (bottom - top)];
      scale = Math.max(Math.min(1.2, ...room), least, 0.05);
    }
    const wide = (right - left) * scale + 2 * EDGE <= width + 1;
    const tall = (bottom - top) * scale + 2 * EDGE + head <= height + 1;
    const x = wide ? (left + right) / 2 : left + (width / 2 - EDGE) / scale;
    const above = top + (height / 2 - head - EDGE) / scale; // the middle of the view, seen from the top
    const below = bottom - (height / 2 - EDGE) / scale;
    const y = tall ? (top + bottom - head / scale) / 2 : Math.min(Math.max(beginning(), above), below);
    network.moveTo({ position: { x, y }, scale });
  }

  /** The height at which the jobs stand that people begin with. */
  function beginning() {
    const first = Math.min(...data.nodes.map((node) => node.x));
    const there = data.nodes.filter((node) => node.x < first + 1);
    return there.reduce((sum, node) => sum + node.y, 0) / there.length;
  }

  function zoom(factor) {
    touched = true;
    network.moveTo({ scale: Math.min(3, Math.max(0.1, network.getScale() * factor)) });
  }

  // A plain wheel belongs to the page around the frame; with Ctrl, or as a pinch, it zooms.
  frame.addEventListener("wheel", (event) => event.ctrlKey || event.stopPropagation(), { capture: true });
  document.getElementById("in").addEventListener("click", () => zoom(1.25));
  document.getElementById("out").addEventListener("click", () => zoom(0.8));
  document.getElementById("fit").addEventListener("click", () => { touched = false; view(0); });
  network.on("dragStart", () => { touched = true; hide(); });
  network.on("zoom", () => { touched = true; hide(); });
  network.on("resize", () => touched || requestAnimationFrame(() => view(readable())));

  // ---- columns and their headers ----------------------------------------------------------------------

  function onScreen(pen, draw) {
    const ratio = canvas.width / canvas.clientWidth;
    pen.save();
    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    draw();
    pen.restore();
  }

  const across = (x) => network.canvasToDOM({ x, y: 0 }).x;

  network.on("beforeDrawing", (pen) => onScreen(pen, () => {
    pen.fillStyle = look.paper;
    pen.fillRect(0, 0, canvas.clientWidth, canvas.clientHeight);
    pen.fillStyle = look.faint;
    data.columns.slice(1).forEach((c) => pen.fillRect(Math.round(across(c.left)), 0, 1, canvas.clientHeight));
  }));

  network.on("afterDrawing", (pen) => onScreen(pen, () => {
    const columns = inColumns(network.getScale());
    const height = headHeight(columns);
    pen.fillStyle = look.paper;
    pen.fillRect(0, 0, canvas.clientWidth, height);
    pen.fillStyle = look.faint;
    pen.fillRect(0, height, canvas.clientWidth, 1);
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const { left, right, size, head, under } of columns) {
      const middle = (across(left) + across(right)) / 2;
      let y = 6;
      const write = (text, font, colour, step) => {
        pen.font = font;
        pen.fillStyle = colour;
        pen.fillText(text, middle, y);
        y += step;
      };
      head.forEach((text) => write(text, `bold ${size}px ${data.font}`, look.text, size + 3));
      under.forEach((text) => write(text, `12px ${data.font}`, look.quiet, 15));
    }
  }));

  // ---- tips and links ---------------------------------------------------------------------------------

  function show({ title, lines }, at, soc) {
    tip.replaceChildren();
    for (const [kind, text] of [["strong", title], ...lines.map((line) => ["span", line])]) {
      const part = document.createElement(kind);
      part.dir = "auto";
      part.textContent = text;
      tip.append(part);
    }
    if (soc !== undefined && address(soc)) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = `Open ${title}`;
      button.addEventListener("click", () => open(soc));
      tip.append(button);
    }
    tip.classList.toggle("held", soc !== undefined);
    const room = { x: document.body.clientWidth - tip.offsetWidth - 8, y: document.body.clientHeight - tip.offsetHeight - 8 };
    const x = at.x + 14 > room.x ? at.x - tip.offsetWidth - 14 : at.x + 14;
    const y = at.y + 14 > room.y ? at.y - tip.offsetHeight - 14 : at.y + 14;
    tip.style.left = `${Math.max(8, Math.min(x, room.x))}px`;
    tip.style.top = `${Math.max(8, Math.min(y, room.y))}px`;
    tip.classList.add("shown");
  }

  function hide() {
    tip.classList.remove("shown", "held");
    stand(null);
  }

  /** The address of a job's page, relative to the page around the frame; "" where there is none. */
  function address(soc) {
    const path = data.jobs[soc].href;
    if (!path) return "";
    try {
      const base = window.parent.document.baseURI;
      const found = new URL(path, base);
      return found.origin === new URL(base).origin ? found.href : "";
    } catch {
      return ""; // no address to start from: the document stands alone
    }
  }

  function open(soc) {
    const found = address(soc);
    if (!found) return;
    // A sandboxed frame may not navigate the page around it, but a link of that page may.
    const link = window.parent.document.createElement("a");
    link.href = found;
    window.parent.document.body.append(link);
    link.click();
    link.remove();
  }

  /** Let the moves of a job (or one move) stand out, and the others step back. */
  function stand(wanted) {
    edges.update(data.edges.map((e) => ({ id: e.id, color: { ...e.color, opacity: !wanted || wanted(e) ? 1 : 0.2 } })));
  }

  function ofJob(soc) {
    const near = new Set(data.edges.filter((e) => e.from === soc || e.to === soc).map((e) => e.move));
    return (e) => near.has(e.move);
  }

  const inFrame = ({ x, y }) => ({ x: x + frame.offsetLeft, y: y + frame.offsetTop });
  const jobAt = (at) => { const id = network.getNodeAt(at); return id in data.jobs ? id : undefined; };
  const moveAt = (at) => {
    const [time, id] = [network.getNodeAt(at), network.getEdgeAt(at)];
    if (time !== undefined && nodes.get(time).move !== undefined) return nodes.get(time).move; // its words
    return id === undefined ? undefined : edges.get(id).move;
  };

  function showJob(soc, at, held) {
    show(data.jobs[soc], at, held ? soc : undefined);
    stand(ofJob(soc));
  }

  function showMove(move, at) {
    show(data.moves[move], at);
    stand((e) => e.move === move);
  }

  let byTouch = false; // a tap is followed by mouse events of its own, which are no hovering
  for (const kind of ["pointerdown", "pointermove"])
    frame.addEventListener(kind, (event) => { byTouch = event.pointerType === "touch"; }, { capture: true });

  network.on("hoverNode", ({ node, pointer }) => {
    const { move } = nodes.get(node);
    if (!byTouch && move !== undefined) showMove(move, inFrame(pointer.DOM));
    if (byTouch || !(node in data.jobs)) return;
    surface.style.cursor = address(node) ? "pointer" : "grab";
    showJob(node, inFrame(pointer.DOM), false);
  });
  network.on("hoverEdge", ({ edge, pointer }) => byTouch || showMove(edges.get(edge).move, inFrame(pointer.DOM)));
  network.on("blurNode", () => { surface.style.cursor = ""; if (!byTouch) hide(); });
  network.on("blurEdge", () => byTouch || hide());
  frame.addEventListener("mouseleave", () => byTouch || hide());

  let tapped; // the job whose tip a first tap has opened
  network.on("click", ({ pointer, event }) => {
    const soc = jobAt(pointer.DOM);
    const move = soc === undefined ? moveAt(pointer.DOM) : undefined;
    const touch = event.pointerType === "touch";
    if (soc !== undefined && (!touch || tapped === soc)) open(soc);
    else if (soc !== undefined) showJob(soc, inFrame(pointer.DOM), true);
    else if (move !== undefined) showMove(move, inFrame(pointer.DOM));
    else hide();
    tapped = touch ? soc : undefined;
  });

  let current; // the job that the keyboard stands on
  const DIRECTIONS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };
  surface.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && current !== undefined) open(current);
    if (event.key === "Escape") hide();
    if (!(event.key in DIRECTIONS)) return;
    event.preventDefault();
    const [dx, dy] = DIRECTIONS[event.key];
    const places = network.getPositions(Object.keys(data.jobs));
    const from = places[current];
    const ahead = Object.entries(places)
      .filter(([soc]) => soc !== current)
      .map(([soc, { x, y }]) => {
        if (!from) return { soc, along: x + 2, far: x + y / 1e4 }; // the first key goes to the first job
        const along = (x - from.x) * dx + (y - from.y) * dy;
        return { soc, along, far: along + 2 * Math.abs((x - from.x) * dy + (y - from.y) * dx) };
      })
      .filter((p) => p.along > 1)
      .sort((a, b) => a.far - b.far);
    if (!ahead.length) return;
    current = ahead[0].soc;
    reveal(current);
    showJob(current, inFrame(network.canvasToDOM(places[current])), false);
  });

  /** Move the view only if a job is outside of it. */
  function reveal(soc) {
    const { x, y } = network.canvasToDOM(network.getPositions([soc])[soc]);
    const head = headHeight(inColumns(network.getScale()));
    if (x > 40 && x < frame.clientWidth - 40 && y > head + 30 && y < frame.clientHeight - 40) return;
    touched = true;
    network.moveTo({ position: network.getPositions([soc])[soc] });
  }

  // ---- legend -----------------------------------------------------------------------------------------

  function drawMark(pen, mark, colours) {
    const dot = (x, radius, { fill = colours.paper, line = colours.text, width = 2, dash = [] } = {}) => {
      pen.beginPath();
      pen.arc(x, 10, radius, 0, 2 * Math.PI);
      paint(fill, line, width, dash);
    };
    const paint = (fill, line, width, dash) => {
      pen.fillStyle = fill;
      pen.fill();
      pen.setLineDash(dash);
      pen.lineWidth = width;
      pen.strokeStyle = line;
      pen.stroke();
    };
    const arrow = (colour, width, dash, notch = 25) => {
      pen.strokeStyle = pen.fillStyle = colour;
      pen.lineWidth = width;
      pen.setLineDash(dash);
      pen.beginPath();
      pen.moveTo(0, 10);
      pen.lineTo(26, 10);
      pen.stroke();
      pen.beginPath();
      pen.moveTo(34, 10);
      pen.lineTo(25, 6);
      pen.lineTo(notch, 10);
      pen.lineTo(25, 14);
      pen.fill();
    };
    const marks = {
      yes: () => dot(17, 7, { fill: colours.accent, line: colours.accent }),
      no: () => dot(17, 7),
      unknown: () => dot(17, 7, { line: colours.quiet, dash: [4, 3] }),
      sizes: () => { dot(7, 4, { line: colours.quiet }); dot(22, 9, { line: colours.quiet }); },
      diamond: () => {
        pen.beginPath();
        [[17, 3], [24, 10], [17, 17], [10, 10]].forEach(([x, y]) => pen.lineTo(x, y));
        pen.closePath();
        paint(colours.paper, colours.quiet, 2, []);
      },
      target: () => dot(17, 7, { width: 4 }),
      square: () => { pen.beginPath(); pen.rect(10, 3, 14, 14); paint(colours.paper, colours.text, 2, []); },
      validated: () => arrow(colours.line, 2, []),
      proposed: () => arrow(colours.line, 2, [6, 4]),
      suggested: () => arrow(colours.quiet, 1, [2, 3]),
      lateral: () => arrow(colours.line, 2, [], 32),
      thin: () => arrow(colours.line, 1, []),
      words: () => {},
    };
    marks[mark]();
  }

  for (const { mark, words } of data.legend) {
    const row = document.createElement("li");
    const swatch = document.createElement("canvas");
    const text = document.createElement("span");
    [swatch.width, swatch.height] = [68, 40];
    const pen = swatch.getContext("2d");
    pen.scale(2, 2);
    drawMark(pen, mark, data.look);
    text.dir = "auto";
    text.textContent = words;
    row.append(...(mark === "words" ? [] : [swatch]), text);
    document.getElementById("legend").append(row);
  }

  // ---- image ------------------------------------------------------------------------------------------

  const LEAST = 720; // pixels across of an image, for its title and its source
  const MOST = 16e6; // pixels of an image that every browser can make
  const LONGEST = 16000;

  /** All that is drawn, also what has been dragged outside. */
  function extent() {
    const out = { ...data.box };
    for (const soc of Object.keys(data.jobs)) {
      const box = network.getBoundingBox(soc);
      out.left = Math.min(out.left, box.left);
      out.top = Math.min(out.top, box.top);
      out.right = Math.max(out.right, box.right);
      out.bottom = Math.max(out.bottom, box.bottom);
    }
    return out;
  }

  /** What stands around the network in an image so many pixels wide: title, legend, caption. */
  function around(width) {
    const pen = document.createElement("canvas").getContext("2d");
    const room = width - 24;
    pen.font = `bold 20px ${data.font}`;
    const title = wrap(pen, data.title, room);
    pen.font = `14px ${data.font}`;
    const keys = [];
    let [x, y] = [12, 0];
    for (const { mark, words } of data.legend) {
      const before = mark === "words" ? 0 : 40;
      const lines = wrap(pen, words, room - before);
      const wide = before + Math.max(...lines.map((line) => pen.measureText(line).width));
      if (x > 12 && x + wide > width - 12) [x, y] = [12, y + 24];
      keys.push({ mark, lines, before, x, y });
      if (lines.length > 1) y += 18 * (lines.length - 1);
      x = lines.length > 1 ? width : x + wide + 18;
    }
    const caption = data.caption.flatMap((line) => wrap(pen, line, room));
    const [above, legend] = [20 + title.length * 26, keys.length ? y + 32 : 0];
    return { title, keys, caption, above, legend, height: above + legend + caption.length * 19 + 20 };
  }

  /** The whole network in the colours of paper, with title, legend and caption, larger than the screen. */
  function picture() {
    const { left, top, right, bottom } = extent();
    const width = Math.ceil(Math.max(right - left + 2 * EDGE, LEAST));
    const head = headHeight(inColumns(1));
    const tall = Math.ceil(bottom - top + head + 2 * EDGE);
    const parts = around(width);
    const height = parts.height + tall;
    // Labels are 14 pixels: as large or twice that.
    const ratio = Math.min(2, Math.sqrt(MOST / (width * height)), LONGEST / width, LONGEST / height);
    const out = document.createElement("canvas");
    [out.width, out.height] = [Math.floor(width * ratio), Math.floor(height * ratio)];
    const pen = out.getContext("2d");
    pen.scale(ratio, ratio);
    pen.fillStyle = look.paper;
    pen.fillRect(0, 0, width, height);
    const at = { x: width / 2 - (left + right) / 2, y: head + EDGE - top };
    elsewhere(width, tall, ratio, at, () => pen.drawImage(canvas, 0, parts.above, width, tall));
    write(pen, parts, tall);
    return out;
  }

  /** Let the network be drawn on a canvas of that size, seen at its own scale, and then as it was. */
  function elsewhere(width, height, ratio, at, use) {
    const { style, width: wide, height: high } = canvas;
    const shown = { ...network.body.view, ratio: network.canvas.pixelRatio, across: style.width, down: style.height };
    const set = (w, h, sharp, scale, translation) => {
      network.canvas.pixelRatio = sharp;
      [canvas.width, canvas.height] = [w, h];
      Object.assign(network.body.view, { scale, translation });
    };
    [style.width, style.height] = [`${width}px`, `${height}px`];
    set(Math.round(width * ratio), Math.round(height * ratio), ratio, 1, at);
    network.renderer._redraw(); // network.redraw() would set the sharpness back
    use();
    [style.width, style.height] = [shown.across, shown.down];
    set(wide, high, shown.ratio, shown.scale, shown.translation);
  }

  function write(pen, { title, keys, caption, above, legend }, tall) {
    const line = (text, x, y, colour) => {
      pen.fillStyle = colour;
      pen.fillText(text, x, y);
    };
    pen.textBaseline = "top";
    pen.font = `bold 20px ${data.font}`;
    title.forEach((text, i) => line(text, 12, 12 + i * 26, look.text));
    pen.font = `14px ${data.font}`;
    for (const { mark, lines, before, x, y } of keys) {
      pen.save();
      pen.translate(x, above + tall + 8 + y);
      drawMark(pen, mark, look);
      pen.restore();
      lines.forEach((text, i) => line(text, x + before, above + tall + 11 + y + i * 18, look.text));
    }
    caption.forEach((text, i) => line(text, 12, above + tall + legend + 8 + i * 19, look.quiet));
  }

  function inColours({ nodes: jobs, edges: moves, look: colours }) {
    look = colours;
    nodes.update(jobs.map(({ id, color, font }) => ({ id, color, ...(font && { font }) })));
    edges.update(moves.map(({ id, color }) => ({ id, color })));
    network.renderer._redraw();
  }

  document.getElementById("save").addEventListener("click", () => {
    hide();
    inColours(data.print || data);
    const image = picture();
    inColours(data);
    image.toBlob((blob) => {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(blob);
      link.download = `${data.filename}.png`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }, "image/png");
  });

  view(readable());
  document.documentElement.dataset.ready = "yes";
  window.explorer = { network, view, extent }; // for tests of the picture
})();
