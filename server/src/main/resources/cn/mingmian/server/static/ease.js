// Large type, high contrast, reading aloud. Nothing is stored: the next page starts plain again.
const body = document.body;
for (const button of document.querySelectorAll('[data-ease]')) {
  const what = button.dataset.ease;
  if (what === 'read') {
    if (!('speechSynthesis' in window)) continue;
    button.hidden = false;
    button.addEventListener('click', () => {
      if (speechSynthesis.speaking) { speechSynthesis.cancel(); return; }
      const words = new SpeechSynthesisUtterance(document.getElementById('main').innerText);
      words.lang = document.documentElement.lang;
      speechSynthesis.speak(words);
    });
    continue;
  }
  button.addEventListener('click', () => {
    button.setAttribute('aria-pressed', String(body.classList.toggle(what)));
  });
}
