// A participant's phone. Whatever is said is kept here first and sent until the server has confirmed it.
"use strict";
(() => {
  const POLL = 1500, HIDDEN = 10000, LONGEST_WAIT = 10000, SETTLE = 400, IDLE = 4000, PATIENCE = 8000, ASKED = 3, DOTS = 20;
  const NOT_SENT = "Not sent yet: will be sent when the connection is back";
  const byId = (id) => document.getElementById(id);
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const random = (bytes) => [...crypto.getRandomValues(new Uint8Array(bytes))]
    .map((b) => b.toString(16).padStart(2, "0")).join("");

  // ---- what this phone keeps: localStorage, or memory where that is shut
  const memory = new Map();
  const kept = {
    get(key) {
      try { return JSON.parse(localStorage.getItem(key) ?? memory.get(key) ?? "null"); }
      catch { return JSON.parse(memory.get(key) ?? "null"); }
    },
    set(key, value) {
      const text = JSON.stringify(value);
      try { localStorage.setItem(key, text); } catch { memory.set(key, text); }
    },
    drop(key) { memory.delete(key); try { localStorage.removeItem(key); } catch { /* it is shut */ } },
    keys(start) {
      const found = new Set(memory.keys());
      try { for (let i = 0; i < localStorage.length; i++) found.add(localStorage.key(i)); } catch { /* it is shut */ }
      return [...found].filter((key) => key.startsWith(start)).sort();
    },
  };
  const here = {
    get(key) { try { return sessionStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { sessionStorage.setItem(key, value); } catch { /* it is shut */ } },
  };

  // ---- the page
  function el(tag, props = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(props)) {
      if (name === "text") made.textContent = value;
      else if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (value === true) made.setAttribute(name, "");
      else if (value !== false && value != null) made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child != null));
    return made;
  }
  const heading = (text, about) => el("h1", { id: "heading", tabindex: "-1" },
    about ? el("span", { class: "about", text: about }) : null, text);
  function show(...parts) {
    byId("main").replaceChildren(...parts.filter((part) => part != null));
    byId("main").scrollTop = 0;
    const title = byId("heading");
    if (title) {
      document.title = `${title.textContent} · Convening`;
      title.focus({ preventScroll: true });
    }
  }
  function say(text, wrong = false) {
    const line = byId("saved");
    line.classList.toggle("wrong", wrong);
    if (line.textContent !== text) line.textContent = text;
  }
  const alarm = (error) => el("p", { class: "alert", role: "alert", text: `${error.what} ${error.why} ${error.next}` });
  function bare() {  // no question is shown
    for (const id of ["foot", "progress", "follow"]) byId(id).hidden = true;
  }

  // ---- asking the server; a Lapse may pass by itself
  class Lapse extends Error {
    constructor(error, wait = 0) { super("no answer"); this.error = error; this.wait = wait; }
  }
  async function ask(path, { body, secret } = {}) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), PATIENCE);
    try {
      const headers = { Accept: "application/json" };
      if (body) headers["Content-Type"] = "application/json";
      if (secret) headers.Authorization = `Bearer ${secret}`;
      const answer = await fetch(path, {
        method: body ? "POST" : "GET", headers, body: body && JSON.stringify(body), keepalive: Boolean(body),
        cache: "no-store", signal: stop.signal,
      });
      const data = await answer.json();
      if (answer.ok && data && typeof data === "object") return { ok: true, data };
      if (answer.status >= 500 || answer.status === 429 || answer.status === 408 || !data?.error) {
        throw new Lapse(data?.error, Number(answer.headers.get("Retry-After")) * 1000);
      }
      return { ok: false, status: answer.status, error: data.error };
    } catch (problem) {
      throw problem instanceof Lapse ? problem : new Lapse();
    } finally { clearTimeout(timer); }
  }

  // ---- joining
  const normal = (code) => String(code ?? "").replace(/[\s-]/g, "").toUpperCase().slice(0, 20);
  const placeOf = (code) => `lmi-place ${code}`;
  function field(id, label, value, props = {}) {
    return [el("label", { class: "field", for: id, text: label }),
      el("input", { type: "text", id, value, required: true, maxlength: 80, autocomplete: "off", ...props })];
  }
  function askCode(error, typed = "") {
    bare();
    const last = kept.get("lmi-last");
    const form = el("form", { novalidate: true, onsubmit: (event) => {
      event.preventDefault();
      const code = normal(byId("code").value);
      if (code) enter(code);
      else askCode({ what: "The code is empty.", why: "It stands on the screen in the room.", next: "Type it." });
    } },
    ...field("code", "Code from the screen", typed, { maxlength: 12, autocapitalize: "characters", spellcheck: "false" }),
    el("button", { class: "main wide", text: "Go on" }));
    say("");
    show(heading("Join the convening"), error ? alarm(error) : null, form, last && !error
      ? el("button", { class: "wide", type: "button", text: "Back to the convening I joined", onclick: () => enter(last) })
      : null);
  }
  async function patiently(path, body) {
    for (let wait = 1500; ; wait = Math.min(2 * wait, LONGEST_WAIT)) {
      try { const found = await ask(path, { body }); say(""); return found; } catch (lapse) {
        if (lapse.wait) return { ok: false, error: lapse.error };
        say("No connection. Trying again.", true);
        await new Promise((done) => setTimeout(done, wait));
      }
    }
  }
  async function enter(code) {
    const place = kept.get(placeOf(code));
    if (place?.joined) { begin(code, place); return; }
    const found = await patiently("room/look", { code });
    if (found.ok) askWho(normal(found.data.code), found.data);
    else askCode(found.error, code);
  }
  function askWho(code, room, error) {
    bare();
    const place = { name: "", organisation: "", role: "", ...kept.get(placeOf(code)) };
    let offering = 0;
    const keep = (event) => {
      place[event.target.id] = event.target.value;
      kept.set(placeOf(code), place);
      if (event.target.id === "organisation") { clearTimeout(offering); offering = setTimeout(offer, SETTLE); }
    };
    byId("where").textContent = [room.rehearsal ? "REHEARSAL" : "", room.industry, room.place].filter(Boolean).join(" · ");
    if (room.ended) { show(heading("The convening has ended"), el("p", { text: "Nobody can join any more." })); return; }
    const organisations = el("datalist", { id: "organisations" });
    async function offer() {  // how others who are in spell it; the page works without
      const organisation = place.organisation;
      const found = await ask("room/look", { body: { code, organisation } }).catch(() => null);
      if (!found?.ok || organisation !== place.organisation) return;
      organisations.replaceChildren(...found.data.organisations.map((name) => el("option", { value: name })));
    }
    const form = el("form", { novalidate: true, oninput: keep, onsubmit: (event) => {
      event.preventDefault();
      join(code, room, place);
    } },
    ...field("name", "Your name", place.name, { autocomplete: "name" }),
    ...field("organisation", "Your organization", place.organisation, { list: "organisations", autocomplete: "organization" }),
    organisations,
    ...field("role", "Your role (optional)", place.role, { required: false, autocomplete: "organization-title" }),
    el("button", { class: "main wide", id: "join", text: "Join" }));
    show(heading("Who are you?"), error ? alarm(error) : null, el("p", { class: "hint", text:
      "Your name can be shown in the room and stands in the record until it is deleted. Counts are by organization." }), form);
  }
  async function join(code, room, place) {
    byId("join").disabled = true;
    Object.assign(place, { token: place.token ?? random(16), secret: place.secret ?? random(32) });
    kept.set(placeOf(code), place);
    const { name, organisation, role, token, secret } = place;
    const found = await patiently("room/join", { code, name, organisation, role, token, secret });
    if (!found.ok) { askWho(code, room, found.error); return; }
    Object.assign(place, { joined: true, meeting: found.data.meeting });
    kept.set(placeOf(code), place);
    begin(code, place);
  }

  // ---- in the room
  let me = null, state = null, current = null, at = "", stood = "", drawn = "", known = new Set();
  let epoch = 0, sending = "", failing = false, said = "", settle = 0, timer = 0, looking = false, wait = POLL, lost = false;
  const outKey = (rest = "") => `lmi-out ${me.meeting} ${rest}`;
  const draftKey = (card) => `lmi-draft ${me.meeting} ${card}`;
  const refusedKey = (card) => `lmi-refused ${me.meeting} ${card}`;
  const seqKey = (token) => `lmi-seq ${me.meeting} ${token}`;
  const queue = () => kept.keys(outKey()).map((key) => ({ key, ...kept.get(key) })).filter((item) => item.token);
  const EMPTY = { choices: [], choice: "", words: "" };
  const valueOf = (id) => kept.get(draftKey(id)) ?? state.answers[id] ?? EMPTY;

  function begin(code, place) {
    me = place;
    lost = false;
    kept.set("lmi-last", code);
    history.replaceState(null, "", `join?code=${encodeURIComponent(code)}`);
    bare();
    show(heading("You are in."), el("p", { text: "Wait for the facilitator." }));
    look();
  }

  function cards() {  // every question in order; each step ends with a card that waits
    return state.steps.flatMap((step) => [...state.cards.filter((card) => card.step === step.id),
      { id: `wait ${step.id}`, step: step.id, kind: "wait" }]);
  }
  const cardOf = (id) => cards().find((card) => card.id === id);
  const isSame = (n, soc, words) => n.soc === soc && (soc !== "own" || n.words.toLowerCase() === words.toLowerCase());
  function named() {  // what I have named, with what is still to be sent
    const out = queue(), gone = new Set(out.filter((i) => i.kind === "withdraw").map((i) => i.of ?? i.subject));
    const waiting = out.filter((i) => i.kind === "nominate")
      .map((i) => ({ token: i.token, soc: i.subject, words: i.words, title: i.title }));
    const there = state.named.filter((n) => !gone.has(String(n.seq)));  // also what is still to be confirmed
    return [...there, ...waiting.filter((n) => !gone.has(n.token) && !there.some((each) => isSame(each, n.soc, n.words)))];
  }
  function answered(card) {
    if (card.kind === "nominate") return named().length >= ASKED;
    const value = valueOf(card.id);
    return card.kind === "wait" || Boolean(value.choices.length || value.choice || (card.kind === "answer" && value.words));
  }
  function goal() {  // the first open question of what the room talks about
    const inStep = cards().filter((card) => card.step === state.step);
    const topic = inStep.filter((card) => card.subject === state.topic && state.step === "discuss" && state.topic);
    const asked = topic.length ? topic : inStep.filter((card) => card.kind !== "wait");
    return (asked.find((card) => !answered(card)) ?? (topic.length ? topic.at(-1) : inStep.at(-1))).id;
  }
  function typing() {
    const field = document.activeElement;
    if (!field?.matches?.("input[type=text], textarea") || !field.value.trim()) return false;
    return field.id !== "words" || field.value !== (state.answers[at]?.words ?? "");
  }
  function follow() {
    const place = `${state.step} ${state.topic}`, ids = new Set(cards().map((card) => card.id));
    const grown = at === `wait ${state.step}` && cards().find((c) => c.step === state.step && !known.has(c.id) && !answered(c));
    const first = !stood;
    known = ids;
    if (first) {
      stood = place;
      for (const key of kept.keys(draftKey(""))) commit(key.slice(draftKey("").length));
      const back = here.get(`lmi-at ${me.meeting}`)?.split("\n");
      go(back && back[1] === place && ids.has(back[0]) ? back[0] : goal());
    } else if (!ids.has(at)) { stood = place; go(goal()); }
    else if (place !== stood && !typing()) { stood = place; go(goal()); }
    else if (grown) go(grown.id);
    else redraw();
    const away = place !== stood, button = byId("follow");
    button.hidden = !away;
    if (away) {
      const step = state.steps.find((each) => each.id === state.step), topic = state.cards.find((c) => c.subject === state.topic);
      button.textContent = `The room is at: ${(state.topic && topic?.about) || step.name}. Go there`;
    }
  }
  function go(id) {
    if (at !== id) {
      said = "";
      if (at) commit(at);
    }
    at = id;
    here.set(`lmi-at ${me.meeting}`, `${id}\n${stood}`);
    drawn = "";
    redraw();
  }
  function beside(by) {  // the next or last question; forward also the card on which the room waits now
    const all = cards();
    for (let i = all.findIndex((card) => card.id === at) + by; all[i] && i >= 0; i += by) {
      if (all[i].kind !== "wait" || (by > 0 && all[i].step === state.step)) return all[i];
    }
    return null;
  }
  function step(by) {
    const next = beside(by);
    if (next) go(next.id);
  }

  // ---- drawing a card
  function redraw() {
    const card = state.ended ? { id: "end", kind: "end" } : cardOf(at) ?? current;
    current = card;
    const refused = kept.get(refusedKey(card.id));
    const sign = JSON.stringify([card, card.kind === "wait" ? [open().length, state.me, paused()] : 0, refused,
      card.kind === "answer" || card.kind === "vote" || card.kind === "sign" ? valueOf(card.id) : 0,
      card.kind === "end" ? queue().length + kept.keys(`lmi-refused ${me.meeting} `).length : 0]);
    header(card);
    if (sign !== drawn) {
      const focused = drawn && document.activeElement?.id;
      drawn = sign;
      show(...({ wait: waiting, end: ending, nominate, answer, vote: pickOne, sign: pickOne })[card.kind](card, refused));
      if (focused && byId(focused)) byId(focused).focus({ preventScroll: true });
    } else if (card.kind === "nominate") chips(card);
    tell();
  }
  const remember = (card) => {  // what was just changed by hand stands there already
    byId("main").querySelector(".alert")?.remove();
    if (!drawn) return;
    const rest = JSON.parse(drawn);
    rest[2] = kept.get(refusedKey(card.id));
    rest[3] = valueOf(card.id);
    drawn = JSON.stringify(rest);
  };
  const open = () => state.cards.filter((each) => !answered(each));
  const paused = () => state.paused && !state.ended;
  function header(card) {
    const { meeting } = state;
    byId("where").textContent = [meeting.rehearsal ? "REHEARSAL" : "", paused() ? "Paused" : "", meeting.industry,
      meeting.place].filter(Boolean).join(" · ");
    const asked = !["wait", "end"].includes(card.kind), last = beside(-1), next = beside(1);
    byId("progress").hidden = !asked;
    byId("foot").hidden = card.kind === "end" || !(last || next);
    byId("back").hidden = !last;
    byId("next").hidden = !next;
    byId("next").textContent = next?.kind === "wait" ? "Done" : "Next";
    if (!asked) return;
    const group = state.cards.filter((each) => each.step === card.step && (card.step !== "discuss" || each.subject === card.subject));
    const number = group.findIndex((each) => each.id === at);
    const name = state.steps.find((each) => each.id === card.step).name;
    byId("count").textContent = group.length > 1 ? `${name}: question ${number + 1} of ${group.length}` : name;
    byId("dots").replaceChildren(...(group.length > 1 && group.length <= DOTS ? group : []).map((each, i) =>
      el("span", { class: i === number ? "now" : answered(each) ? "done" : "" })));
  }
  function waiting(card) {
    const place = state.steps.find((each) => each.id === card.step), left = open();
    const who = `You are ${state.me.name || "here"}, for ${state.me.organisation}.`;
    if (card.step === "welcome") return [heading("You are in."), el("p", { text: who }),
      el("p", { text: "Wait for the facilitator. This page goes on by itself." })];
    if (card.step === "group") return [heading("Look at the screen"), el("p", { text: place.says })];
    return [heading(left.length ? "Wait for the facilitator" : "That is all for now"),
      el("p", { text: paused() ? "The facilitator has paused." : "Look at the screen. This page goes on by itself." }),
      left.length ? el("button", { class: "wide", type: "button", id: "open", onclick: () => go(left[0].id),
        text: left.length > 1 ? `Answer the ${left.length} open questions` : "Answer the open question" }) : null];
  }
  function ending() {
    const refused = kept.keys(`lmi-refused ${me.meeting} `).map((key) => kept.get(key));
    return [heading("The convening has ended"), el("p", { text: "Thank you. What you said is on record." }),
      ...refused.filter((each) => each.text).map((each) => el("p", { class: "alert", text: `This was not taken: ${each.text}` }))];
  }
  function change(card, part, now) {
    kept.set(draftKey(card.id), { ...valueOf(card.id), ...part });
    kept.drop(refusedKey(card.id));
    said = "";
    remember(card);
    tell();
    clearTimeout(settle);
    settle = setTimeout(() => commit(card.id), now ? SETTLE : IDLE);
  }
  function ownWords(card, label) {
    return [el("label", { class: "field", for: "words", text: label }),
      el("textarea", { id: "words", maxlength: 600, oninput: (e) => change(card, { words: e.target.value }, false),
        onchange: () => commit(card.id) }, valueOf(card.id).words)];
  }
  function answer(card, refused) {
    const listed = card.choices.map(([id]) => id);
    const toggle = (event) => {
      const { choices } = valueOf(card.id), id = event.target.value;
      change(card, { choices: event.target.checked ? [...choices, id] : choices.filter((each) => each !== id) }, true);
    };
    const more = card.list ? [el("ul", { id: "chips" }), ...finder(card, card.list === "programs" ? "Find a program" : "Find a job",
      (hit) => {
        const { choices } = valueOf(card.id);
        if (!choices.includes(hit.id)) change(card, { choices: [...choices, hit.id] }, true);
        kept.set(`lmi-name ${hit.id}`, hit.words);
        const box = byId(`pick ${hit.id}`);
        if (box) box.checked = true;
        extra(card, listed);
      })] : [];
    setTimeout(() => card.list && byId("chips") && at === card.id && extra(card, listed));
    return [heading(card.asks, card.about), refused ? alarm(refused) : null,
      card.choices.length ? group(card, "checkbox", (id) => valueOf(card.id).choices.includes(id), toggle) : null,
      ...more, ...ownWords(card, "In your own words (optional)")];
  }
  function extra(card, listed) {  // what was chosen by typing, with a way to take it back
    const others = valueOf(card.id).choices.filter((id) => !listed.includes(id));
    byId("chips")?.replaceChildren(...others.map((id) => chip(state.names[id] ?? kept.get(`lmi-name ${id}`) ?? id, () => {
      change(card, { choices: valueOf(card.id).choices.filter((each) => each !== id) }, true);
      extra(card, listed);
      byId("find")?.focus();
    })));
  }
  const chip = (words, back) => el("li", { class: "chip" }, el("span", { text: words }),
    el("button", { type: "button", "aria-label": `Take back: ${words}`, text: "Take back", onclick: back }));
  function group(card, type, chosen, changed) {
    const boxes = card.choices.map(([id, words]) => {
      const box = el("input", { type, name: "pick", id: `pick ${id}`, value: id, onchange: changed });
      box.checked = chosen(id);
      return el("label", { class: "pick" }, box, el("span", { text: words }));
    });
    return el("fieldset", {}, el("legend", { class: "away", text: card.asks }), ...boxes);
  }
  function pickOne(card, refused) {
    const move = card.kind === "vote" ? el("p", { class: "move" }, "From", el("b", { text: card.from }), "to", el("b", { text: card.to })) : null;
    const title = heading(card.asks);
    if (move) title.append(el("span", { class: "away", text: ` From ${card.from} to ${card.to}` }));
    return [title, refused ? alarm(refused) : null, move,
      card.kind === "sign" ? el("p", { text: "Look at the summary on the screen." }) : null,
      group(card, "radio", (id) => valueOf(card.id).choice === id, (e) => change(card, { choice: e.target.value }, true)),
      ...ownWords(card, "Remark (optional)")];
  }

  // ---- naming occupations
  function nominate(card, refused) {
    setTimeout(() => at === card.id && chips(card));
    return [heading(card.asks), refused ? alarm(refused) : null, el("p", { id: "named", class: "hint" }), el("ul", { id: "chips" }),
      el("div", { id: "finder" }, ...finder(card, "Find an occupation", (hit) => name(card, hit.id, hit.words, ""),
        (text) => name(card, "own", text, text)))];
  }
  function name(card, soc, title, words) {
    if (named().some((n) => isSame(n, soc, words)) || named().length >= card.most) return;
    kept.drop(refusedKey(card.id));
    put({ card: card.id, kind: "nominate", subject: soc, words, title });
    redraw();
  }
  function chips(card) {
    const mine = named(), list = byId("chips"), sign = JSON.stringify(mine);
    if (!list || list.dataset.sign === sign) return;
    list.dataset.sign = sign;
    list.replaceChildren(...mine.map((each) => chip(each.title, () => {
      takeBack(each);
      redraw();
      (byId("finder").hidden ? byId("heading") : byId("find")).focus();
    })));
    const full = mine.length >= card.most;
    byId("named").textContent = full ? `You have named ${card.most}. To name another, take one back.`
      : `${mine.length ? `You have named ${mine.length}. ` : ""}Name three to five.`;
    if (full && byId("finder").contains(document.activeElement)) byId("heading").focus();
    byId("finder").hidden = full;
  }
  function takeBack(each) {
    const item = each.token && queue().find((i) => i.token === each.token);
    said = "";
    if (item && !item.tried) { kept.drop(item.key); return; }
    put(each.token ? { card: "nominate", kind: "withdraw", of: each.token } : { card: "nominate", kind: "withdraw", subject: String(each.seq) });
  }

  // ---- finding by typing
  function finder(card, label, choose, own) {
    let turn = 0, later = 0;
    const found = el("p", { class: "hint", role: "status", id: "found" }), list = el("ul", { id: "hits" });
    const clear = () => { turn++; field.value = ""; list.replaceChildren(); found.textContent = ""; };
    const take = (hit) => { clear(); field.focus(); choose(hit); };
    const hitButton = (hit) => el("li", { class: "hit" }, el("button", { type: "button", onclick: () => take(hit) },
      el("span", { text: hit.words }), hit.also ? el("span", { class: "also", text: `also: ${hit.also}` }) : null));
    const ownButton = (text) => own && text.length > 1 ? [el("li", { class: "hit" }, el("button", { type: "button",
      text: `Not in the list: use my words “${text}”`, onclick: () => { clear(); field.focus(); own(text); } }))] : [];
    const search = async () => {
      const mine = ++turn, text = field.value.trim();
      if (text.length < 2) { list.replaceChildren(); found.textContent = ""; return; }
      try {
        const query = new URLSearchParams({ meeting: me.meeting, q: text.slice(0, 80), list: card.list === "programs" ? "programs" : "socs" });
        const { data } = await ask(`room/find?${query}`, { secret: me.secret });
        if (mine !== turn) return;
        list.replaceChildren(...data.hits.map(hitButton), ...ownButton(text));
        if (data.hits.length) title.scrollIntoView({ block: "start" });
        found.textContent = data.hits.length ? `${data.hits.length} found` : "Nothing found. Use your own words.";
      } catch {
        if (mine !== turn) return;
        list.replaceChildren(...ownButton(text));
        found.textContent = "It cannot be searched just now. Use your own words.";
      }
    };
    const field = el("input", { type: "text", id: "find", maxlength: 80, autocomplete: "off", enterkeyhint: "search",
      oninput: () => { clearTimeout(later); later = setTimeout(search, 250); },
      onkeydown: (event) => {
        if (event.key !== "Enter" && event.key !== "ArrowDown") return;
        event.preventDefault();
        list.querySelector("button")?.focus();
      } });
    const title = el("label", { class: "field", for: "find", text: label });
    const hint = card.list === "programs" ? "Program or institution" : "Title or everyday name";
    return [title, el("p", { class: "hint", text: hint }), field, found, list];
  }

  // ---- saying: kept first, sent until confirmed
  function put(item) {
    const last = queue().at(-1)?.key.split(" ")[2] ?? "0";
    const order = String(Math.max(Date.now(), Number(last) + 1)).padStart(16, "0"), token = random(16);
    kept.set(outKey(`${order} ${token}`), { token, ...item });
    epoch++;
    said = "";
    flush();
  }
  function commit(id) {  // put the draft of a card on its way
    clearTimeout(settle);
    const card = cardOf(id) ?? (current?.id === id ? current : null), draft = kept.get(draftKey(id));
    if (!card || !draft) return;
    if ((card.kind === "vote" || card.kind === "sign") && !draft.choice) return;
    const waiting = queue().filter((item) => item.card === id);
    if (waiting.length && same(waiting.at(-1).value, draft)) return;
    if (!waiting.length && same(draft, state.answers[id] ?? EMPTY)) { kept.drop(draftKey(id)); tell(); return; }
    for (const item of waiting) if (!item.tried) kept.drop(item.key);  // one that was tried may arrive yet: it goes first
    put({ card: id, kind: card.kind, question: card.question ?? "", subject: card.subject ?? "", value: draft });
  }
  async function flush() {
    if (sending || lost || !state) return;
    for (let item = queue()[0]; item && !lost; item = queue()[0]) {
      const { token, kind, question = "", value = EMPTY, words = value.words } = item;
      const subject = item.of ? String(kept.get(seqKey(item.of)) ?? "") : item.subject;
      if (item.of && !subject) { kept.drop(item.key); continue; }  // it was never taken
      sending = token;
      kept.set(item.key, { ...item, key: undefined, tried: true });
      try {
        const found = await ask("room/say", { secret: me.secret, body:
          { meeting: me.meeting, kind, question, subject, choices: value.choices, choice: value.choice, words, token } });
        epoch++;
        if (found.ok) taken(item, found.data.seq);
        else if (found.status === 401 || found.status === 404) lose();
        else if (found.status === 403) setAside(found.error);
        else refuse(item, found.error);
        failing = false;
      } catch { failing = true; tell(); return; } finally { sending = ""; }
      tell();
    }
    if (!lost) redraw();
  }
  function taken(item, seq) {
    kept.drop(item.key);
    if (item.kind === "nominate") {
      kept.set(seqKey(item.token), seq);
      if (!state.named.some((n) => n.seq === seq)) state.named.push({ seq, soc: item.subject, words: item.words, title: item.title });
      said = "Saved";
    } else if (item.kind === "withdraw") {
      const gone = item.of ? kept.get(seqKey(item.of)) : Number(item.subject);
      state.named = state.named.filter((n) => n.seq !== gone);
      if (item.of) kept.drop(seqKey(item.of));
      said = "Taken back";
    } else {
      const before = state.answers[item.card];
      said = before && !same(before, item.value) ? "Changed" : "Saved";
      state.answers[item.card] = item.value;
      kept.drop(refusedKey(item.card));
      if (same(kept.get(draftKey(item.card)), item.value)) kept.drop(draftKey(item.card));
    }
  }
  function refuse(item, error) {
    kept.drop(item.key);
    const text = item.title ?? item.value?.words ?? "";
    kept.set(refusedKey(item.card), { ...error, text });
    drawn = "";
  }
  function setAside(error) {
    lost = true;
    bare();
    say("");
    show(heading("You are set aside"), alarm(error), el("button", { class: "main wide", text: "Look again", onclick: () => location.reload() }));
  }
  function lose() {
    lost = true;
    bare();
    say("");
    show(heading("This phone is not in the room"),
      el("p", { text: "The convening may be over, or was held elsewhere. Join again with the code; what you wrote stays here." }),
      el("button", { class: "main wide", text: "Join again", onclick: () => {
        const code = kept.get("lmi-last"), place = kept.get(placeOf(code));
        kept.set(placeOf(code), { name: place.name, organisation: place.organisation, role: place.role });
        state = null; at = stood = drawn = "";
        enter(code);
      } }));
  }
  function tell() {
    const waits = queue().length, draft = at && kept.get(draftKey(at)), card = at && cardOf(at);
    if (waits && failing) say(NOT_SENT, true);
    else if (failing) say("No connection. Trying again.", true);
    else if (waits) say("");
    else if (draft && card && card.kind !== "answer" && !draft.choice) say("Choose one above, then it is saved");
    else if (draft && kept.get(refusedKey(at))) say("Not taken", true);
    else if (draft && draft.words !== (state.answers[at]?.words ?? "")) say("Not saved yet");
    else if (draft) say("");
    else say(said || (state.answers[at] || (card?.kind === "nominate" && named().length) ? "Saved" : ""));
  }

  // ---- looking what the room does
  async function look() {
    clearTimeout(timer);
    if (looking || lost || !me) return;
    looking = true;
    try {
      await flush();
      const before = epoch, query = new URLSearchParams({ meeting: me.meeting, since: state?.stamp ?? "" });
      const found = await ask(`room/state?${query}`, { secret: me.secret });
      failing = false;
      wait = POLL;
      if (found.status === 403) setAside(found.error);
      else if (!found.ok) lose();
      else if (found.data.same) tell();
      else if (before === epoch && !sending) { state = found.data; follow(); flush(); }
    } catch (lapse) {
      if (!(lapse instanceof Lapse)) console.error(lapse);
      failing = true;
      wait = Math.max(Math.min(2 * wait, LONGEST_WAIT), Math.min(lapse.wait || 0, 60000));
      if (state) tell(); else say("No connection. Trying again.", true);
    } finally { looking = false; }
    if (!lost) timer = setTimeout(look, document.hidden ? Math.max(HIDDEN, wait) : wait);
  }
  byId("next").addEventListener("click", () => step(1));
  byId("back").addEventListener("click", () => step(-1));
  byId("follow").addEventListener("click", () => { stood = `${state.step} ${state.topic}`; go(goal()); byId("follow").hidden = true; });
  window.addEventListener("online", () => { wait = POLL; look(); });
  window.addEventListener("offline", () => { if (state && !lost) { failing = true; tell(); } });
  document.addEventListener("visibilitychange", () => {
    if (!state || lost) return;
    if (document.hidden) { commit(at); flush(); } else look();
  });

  const asked = normal(new URLSearchParams(location.search).get("code"));
  if (asked) enter(asked); else askCode();
})();
