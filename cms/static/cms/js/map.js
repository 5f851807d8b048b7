/* The map to move: lays Leaflet over the drawn picture and lets the list of places steer it.
   The list is the content and works without this file; names go through textContent only. */
(() => {
  "use strict";

  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

  // The kind of a municipality stands in the list: the map takes colour and texture from there.
  function looks(item, prefix) {
    // Where producers are shown, municipalities are only the ground.
    if (!item) return { className: "map-shape map-empty map-ground-line", fillOpacity: 0, weight: 1.5 };
    const { kind, texture } = item.dataset;
    const pattern = texture === "hatched" || texture === "dotted";
    return {
      className: `map-shape map-${texture}`,
      fillColor: pattern ? `url(#${prefix}-${kind})` : "currentColor",
      fillOpacity: pattern ? 1 : 0.3,
      weight: 1.5,
    };
  }

  function button(words, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = words;
    made.addEventListener("click", act);
    return made;
  }

  // A pin says its number in the list, and leads there; the list lights its pin.
  function pinOf(item) {
    const { pin, lat, lon } = item.dataset;
    const name = item.querySelector("a, .map-pin-name");
    const mark = document.createElement("span");
    mark.textContent = pin;
    const marker = L.marker([Number(lat), Number(lon)], {
      icon: L.divIcon({ className: pin ? "map-pin" : "map-pin map-pin-only", html: mark, iconSize: [28, 28] }),
      title: name.textContent.trim(),
      zIndexOffset: -Number(pin) * 10,
    });
    function light(on) {
      marker.getElement()?.classList.toggle("is-chosen", on);
      marker.setZIndexOffset(on ? 10000 : -Number(pin) * 10);
    }
    for (const event of ["focusin", "mouseenter"]) item.addEventListener(event, () => light(true));
    for (const event of ["focusout", "mouseleave"]) item.addEventListener(event, () => light(false));
    marker.on("add", () => {
      const words = [pin, name.textContent.trim()].filter(Boolean).join(". ");
      marker.getElement().setAttribute("aria-label", words);
      // Leaflet makes a button of it, but hears no keys.
      marker.getElement().addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        show();
      });
    });
    function show() {
      for (const other of document.querySelectorAll("[data-pin].is-chosen")) other.classList.remove("is-chosen");
      item.classList.add("is-chosen");
      item.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
      if (name.matches("a")) name.focus({ preventScroll: true });
    }
    marker.on("click", show);
    return marker;
  }

  // Of pins that lie on one another only the uppermost is a button; closer by they part, and the list names all.
  function part(pins) {
    const taken = [];
    for (const pin of pins) {
      const element = pin.getElement();
      const box = element.getBoundingClientRect();
      const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
      const hidden = taken.some(([left, top]) => Math.hypot(left - x, top - y) < 30);
      if (hidden) {
        element.removeAttribute("role");
        element.removeAttribute("tabindex");
        element.setAttribute("aria-hidden", "true");
      } else {
        element.setAttribute("role", "button");
        element.setAttribute("tabindex", "0");
        element.removeAttribute("aria-hidden");
        taken.push([x, y]);
      }
    }
  }

  // Names that would cover another stay away, the chosen one and the biggest municipalities first.
  function spread(layers) {
    const taken = [];
    const tips = [...layers.values()]
      .map((layer) => ({ tip: layer.getTooltip()?.getElement(), room: layer.getElement()?.getBoundingClientRect() }))
      .filter(({ tip, room }) => tip && room)
      .sort((a, b) =>
        b.tip.classList.contains("is-chosen") - a.tip.classList.contains("is-chosen") ||
        b.room.width * b.room.height - a.room.width * a.room.height);
    for (const { tip } of tips) {
      const box = tip.getBoundingClientRect();
      const covers = taken.some((other) =>
        box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom);
      tip.classList.toggle("map-tip-away", covers);
      if (!covers) taken.push(box);
    }
  }

  function enhance(figure, outlines) {
    const { label, zoomIn, zoomOut, showAll } = figure.dataset;
    const stage = figure.querySelector(".map-stage");
    const items = new Map([...figure.querySelectorAll("[data-nis]")].map((item) => [item.dataset.nis, item]));
    const still = { animate: !calm() };
    const holder = document.createElement("div");
    holder.className = "map-live";
    holder.setAttribute("role", "region");
    holder.setAttribute("aria-label", label);
    stage.append(holder);

    const map = L.map(holder, {
      attributionControl: false,
      zoomControl: false,
      scrollWheelZoom: false,
      // One finger scrolls the page; two fingers move the map, the list and the buttons do so without dragging.
      dragging: !L.Browser.mobile,
      zoomAnimation: still.animate,
      fadeAnimation: still.animate,
      markerZoomAnimation: still.animate,
      inertia: still.animate,
      zoomSnap: 0.25,
      minZoom: 7,
      maxZoom: 14,
    });
    L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);

    const pins = "pins" in figure.dataset ? [...document.querySelectorAll("[data-pin]")].map(pinOf) : [];
    const layers = new Map();
    const all = L.geoJSON(outlines, {
      filter: (feature) => items.has(feature.properties.nis) || (!items.size && pins.length > 0),
      style: (feature) => looks(items.get(feature.properties.nis), figure.id),
      onEachFeature: (feature, layer) => {
        const { nis } = feature.properties;
        const name = document.createElement("span");
        const told = items.get(nis)?.querySelector(".map-place-name");
        name.textContent = told ? told.textContent.trim() : feature.properties.name_nl;
        layer.bindTooltip(name, { permanent: true, direction: "center", className: "map-tip" });
        if (told) layer.on("click", () => choose(nis));
        layers.set(nis, layer);
      },
    });
    if (!layers.size && !pins.length) {
      holder.remove();
      return;
    }
    const everything = button(showAll, () => choose(null));
    everything.className = "map-show-all";
    stage.append(everything);

    // The whole is in view until somebody moves; then the way back appears.
    let whole = true;
    function fitAll(options) {
      whole = true;
      const bounds = pins.length && !items.size ? L.featureGroup(pins).getBounds() : all.getBounds();
      // No pin lies below the buttons of the map or below what is said of its boundaries.
      const room = pins.length ? { paddingTopLeft: [68, 24], paddingBottomRight: [24, 60] } : { padding: [24, 24] };
      map.fitBounds(bounds, { ...room, maxZoom: 12, ...options });
    }
    map.on("moveend", () => {
      everything.hidden = whole;
      whole = false;
      spread(layers);
      part(pins.filter((pin) => pin.getElement()));
    });
    map.on("resize", () => fitAll({ animate: false }));
    fitAll({ animate: false });
    all.addTo(map);
    for (const pin of pins) pin.addTo(map);
    part(pins);
    spread(layers);
    for (const [nis, layer] of layers) {
      const path = layer.getElement();
      const accent = items.get(nis)?.dataset.accent;
      if (accent && path) path.dataset.accent = accent;
    }

    function choose(nis) {
      for (const [other, item] of items) {
        const chosen = other === nis;
        item.classList.toggle("is-chosen", chosen);
        item.querySelector("button")?.setAttribute("aria-pressed", String(chosen));
        const layer = layers.get(other);
        layer?.getElement()?.classList.toggle("is-chosen", chosen);
        layer?.getTooltip()?.getElement()?.classList.toggle("is-chosen", chosen);
      }
      const layer = layers.get(nis);
      if (layer) {
        layer.bringToFront();
        map.fitBounds(layer.getBounds(), { maxZoom: 12, padding: [40, 40], ...still });
      } else {
        fitAll(still);
      }
    }

    for (const [nis, item] of items) {
      if (!layers.has(nis)) continue;
      const name = item.querySelector(".map-place-name");
      const made = button(name.textContent.trim(), () => {
        choose(nis);
        stage.scrollIntoView({ block: "nearest", behavior: still.animate ? "smooth" : "auto" });
      });
      made.setAttribute("aria-pressed", "false");
      name.replaceChildren(made);
    }
    figure.classList.add("map-ready");
    figure.querySelector(".map-svg")?.setAttribute("aria-hidden", "true");
  }

  async function start(figure) {
    try {
      const answer = await fetch(figure.dataset.map, { credentials: "omit" });
      if (!answer.ok) throw new Error(String(answer.status));
      enhance(figure, await answer.json());
    } catch {
      const note = document.createElement("p");
      note.className = "map-source";
      note.textContent = figure.dataset.lost;
      figure.append(note);
    }
  }

  if (window.L) {
    for (const figure of document.querySelectorAll("[data-map]")) {
      if (figure.dataset.started) continue;
      figure.dataset.started = "yes";
      start(figure);
    }
  }
})();
