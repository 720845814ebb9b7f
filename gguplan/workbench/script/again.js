// The page loaded again, by itself or by who looks at it: forms have what was typed, and answers that are there stay.

let isLoadingAgain = false;
let isInOtherLanguage = false;

function loadAgain() {
  isLoadingAgain = true;
  location.reload();
}

// A page that is left cannot show what is worked on: that ends, but where the page itself loads again.
function leave() {
  const shown = jobs.filter((job) => job.place.isConnected);
  const kept = shown.filter((job) => job.ended || isLoadingAgain);
  for (const job of shown) if (!kept.includes(job)) send('/stop', { job: job.id }, true).catch(() => {});
  const followed = kept.map(({ id, title, address: asked, isProduct }) => ({ id, title, address: asked, isProduct }));
  const isSame = isLoadingAgain || isInOtherLanguage;
  sessionStorage.setItem('kept', JSON.stringify({ isSame, language: document.documentElement.lang, typed: keepTyped(), followed }));
}

function startAgain() {
  const kept = JSON.parse(sessionStorage.getItem('kept') || 'null');
  sessionStorage.removeItem('kept');
  window.addEventListener('pagehide', leave);
  byId('language').addEventListener('click', () => { isInOtherLanguage = true; });
  // Who goes to another address begins with an empty form.
  const [{ type }] = performance.getEntriesByType('navigation');
  if (!kept || (type === 'navigate' && !kept.isSame)) return;
  typeKept(kept.typed);
  if (kept.language === document.documentElement.lang) for (const job of kept.followed) followed(job);
  markEarlier();
}
