/* dom.js: the namespace, and building elements. Text is only ever set as text. */
"use strict";
const dissensus = {};

(function (D) {
  D.read = (id) => JSON.parse(document.getElementById(id).textContent);

  /** A field of a record that holds a list, empty if it was left out. */
  D.all = (record, field) => record[field] || [];

  /** Lines of these kinds read the same from both ends. */
  D.SYMMETRIC = new Set(["contradiction", "restatement"]);

  /** How often each value is in a list. */
  D.tallied = (list) => {
    const counts = new Map();
    for (const value of list) counts.set(value, (counts.get(value) || 0) + 1);
    return counts;
  };

  const strings = D.read("strings");

  /** A string of the interface, with {name} filled in from `values`. */
  D.t = (key, values = {}) =>
    strings[key].replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));

  /** "1 claim" or "3 claims": `key`-none (if there is one), `key`-one, `key`-many. */
  D.count = (key, n, values = {}) =>
    D.t(n === 1 ? `${key}-one` : n === 0 && `${key}-none` in strings ? `${key}-none` : `${key}-many`, { n, ...values });

  const NAMESPACE = "http://www.w3.org/2000/svg";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === undefined || value === null || value === false) continue;
      if (name === "on") {
        for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
      } else if (name === "vars") {
        for (const [key, setting] of Object.entries(value)) element.style.setProperty(`--${key}`, setting);
      } else {
        element.setAttribute(name, value === true ? "" : value);
      }
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  /** An element; `attributes.on` are listeners, `attributes.vars` CSS properties; strings become text. */
  D.el = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);

  D.svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(NAMESPACE, tag), attributes, children);

  /** Text that somebody wrote: kept apart, so that its direction cannot turn what stands around it. */
  D.said = (text) => D.el("bdi", { dir: "auto" }, text);

  D.button = (label, attributes = {}, ...children) =>
    D.el("button", { type: "button", "aria-label": label, title: label, ...attributes }, ...children);

  D.announce = (text) => {
    document.getElementById("status").textContent = text;
  };

  D.narrow = () => window.matchMedia("(max-width: 760px)").matches;
  D.calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
})(dissensus);
