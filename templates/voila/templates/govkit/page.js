const SLOW = 60000; // milliseconds; an ordinary page opens in a few seconds
const LOOK_EVERY = 5000;

// The token has done its work: it is kept out of sight, and out of the way of a later one.
history.replaceState(null, "", location.pathname + location.hash);

// The stock script tells in English how far it has come: these take the place of what it calls.
const opening = Date.now();

window.voila_process = (cell, cells) => {
  const progress = document.querySelector("#loading progress");
  progress.max = cells;
  progress.value = cell - 1;
};

window.voila_heartbeat = () => {
  document.getElementById("slow").hidden = Date.now() - opening < SLOW;
};

// Widgets of a kernel that has gone look as if they still worked, so that the page itself has to say it.
const watchKernel = () => {
  const { baseUrl, kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
  const look = async () => {
    const answer = await fetch(`${baseUrl}api/kernels/${kernelId}`).catch(() => null);
    document.getElementById("stopped").hidden = !answer || answer.ok;
    document.getElementById("disconnected").hidden = Boolean(answer);
  };
  setInterval(look, LOOK_EVERY);
  window.addEventListener("focus", look);

  // The stock script ends the kernel before the page is left, hence also where a link turns out to be a download and
  // the page stays. Here the kernel ends when the page is really gone.
  window.addEventListener("beforeunload", (event) => event.stopImmediatePropagation());
  window.addEventListener("pagehide", () => {
    const form = new FormData();
    form.append("_xsrf", document.cookie.match(/\b_xsrf=([^;]*)/)?.[1] ?? "");
    navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`, form);
  });
  // Any page that is no notebook brings the cookie without which the server would refuse to end the kernel.
  fetch(`${baseUrl}voila/tree/`);
};
