import {
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  Radios,
  ServiceNavigation,
  SkipLink,
  createAll,
} from "govuk-frontend";
import { AddAnother, Alert, ButtonMenu, MultiSelect } from "@ministryofjustice/frontend";

// A radio may not carry aria-expanded (WAI-ARIA 1.2); aria-controls says what it opens.
class RevealingRadios extends Radios {
  syncConditionalRevealWithInputState(input) {
    super.syncConditionalRevealWithInputState(input);
    input.removeAttribute("aria-expanded");
  }
}

const COMPONENTS = [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  PasswordInput,
  RevealingRadios,
  ServiceNavigation,
  SkipLink,
  AddAnother,
  Alert,
  ButtonMenu,
  MultiSelect,
];

// A part of the page may be offered twice (its parent was searched too): the second time is no fault.
function onError(error) {
  if (error.name !== "InitError") {
    console.warn(error);
  }
}

function enliven(scope) {
  COMPONENTS.forEach((component) => createAll(component, undefined, { scope, onError }));
}

function afterSwap(event) {
  const arrived = event.detail.elt;
  if (arrived && arrived !== document.body) {
    enliven(arrived.parentElement || arrived);
  }
}

// [data-print] buttons and [data-submit-on-change] controls are conveniences; each page works without.
function onClick(event) {
  if (event.target.closest("[data-print]")) {
    window.print();
  }
}

function onChange(event) {
  const control = event.target.closest("[data-submit-on-change]");
  if (control && control.form) {
    control.form.requestSubmit();
  }
}

// [data-key="n"] links and buttons answer to that key, unless a person is typing.
function onKey(event) {
  if (event.altKey || event.ctrlKey || event.metaKey) {
    return;
  }
  if (event.target.closest("input, textarea, select, [contenteditable]")) {
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (wanted) {
    event.preventDefault();
    wanted.click();
  }
}

// Before a session ends by itself the page says so and offers to stay. Another window may have been
// used meanwhile: the server is asked, in a way that does not count as being here.
const WARNED_FOR = 300;

function watchSession(banner) {
  const left = banner.querySelector("[data-session-left]");
  let ends = Date.now() + Number(banner.dataset.session) * 1000;
  let asked = false;

  async function ask(method) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    const headers = method === "POST" ? { "X-CSRFToken": token.value } : { "X-Unattended": "1" };
    const answer = await fetch(banner.dataset.stay, { method, headers, redirect: "manual" });
    if (!answer.ok) {
      window.location.reload();
      return;
    }
    ends = Date.now() + (await answer.json()).seconds * 1000;
    tick();
  }

  function tick() {
    const seconds = Math.round((ends - Date.now()) / 1000);
    if (seconds > WARNED_FOR) {
      banner.hidden = true;
      asked = false;
      return;
    }
    if (!asked) {
      asked = true;
      ask("GET").catch(onError);
      return;
    }
    banner.hidden = false;
    const minutes = Math.ceil(seconds / 60);
    left.textContent = minutes > 1 ? `${minutes} minutes` : `${Math.max(seconds, 0)} seconds`;
    if (seconds <= 0) {
      window.location.reload();
    }
  }

  banner.querySelector("[data-session-stay]").addEventListener("click", () => ask("POST").catch(onError));
  window.setInterval(tick, 1000);
}

// A part of a page that keeps itself up to date says so when it cannot: what is silently old misleads.
function onPushed(event) {
  if (!event.detail.elt.closest("[data-live]")) {
    return;
  }
  const stale = document.getElementById("stale");
  if (stale) {
    stale.hidden = event.type === "htmx:afterRequest" && event.detail.successful;
  }
}

// Where the session ended, the answer is another page: the whole page is opened again, not a part of it.
function onElsewhere(event) {
  const { xhr, pathInfo } = event.detail;
  if (xhr.responseURL && pathInfo && new URL(xhr.responseURL).pathname !== new URL(pathInfo.finalRequestPath, document.baseURI).pathname) {
    event.detail.shouldSwap = false;
    window.location.reload();
  }
}

enliven(document);
document.querySelectorAll("[data-session]").forEach(watchSession);
document.addEventListener("htmx:load", afterSwap);
document.addEventListener("htmx:afterRequest", onPushed);
document.addEventListener("htmx:sendError", onPushed);
document.addEventListener("htmx:beforeSwap", onElsewhere);
document.addEventListener("click", onClick);
document.addEventListener("change", onChange);
document.addEventListener("keydown", onKey);
