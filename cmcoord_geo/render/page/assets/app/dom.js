// Elements made by hand. Text from data becomes a text node, never markup.

const SVG = 'http://www.w3.org/2000/svg';

const byId = (id) => document.getElementById(id);

// element('p', {class: 'note'}, 'text', other): an HTML element with its attributes and children.
// Listeners go under `on`; an attribute that is null, undefined or false is left out.
const element = (tag, attributes, ...children) => fitOut(document.createElement(tag), attributes, children);

// The same for SVG.
const shape = (tag, attributes, ...children) => fitOut(document.createElementNS(SVG, tag), attributes, children);

function fitOut(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'on') {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...nodesOf(children));
  return node;
}

const nodesOf = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false);

// Puts children in the place of what an element held.
const fill = (node, ...children) => node.replaceChildren(...nodesOf(children));

const button = (attributes, ...children) => element('button', {type: 'button', ...attributes}, ...children);

const note = (...children) => element('p', {class: 'note'}, ...children);

const heading = (...children) => element('h2', {}, ...children);

const isPhone = () => window.innerWidth <= 820;

// An old laptop: the map needs the room that notes and key would take.
const isShort = () => window.innerHeight < 820;
