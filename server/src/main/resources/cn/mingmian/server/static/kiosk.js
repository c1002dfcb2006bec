// The terminal's page. The camera starts only on the page that a press opened, and stops with it;
// pictures go to this server and nowhere else, and nothing is stored here.
const main = document.getElementById('main');
const offline = document.querySelector('.offline');
const lost = (is) => { offline.hidden = !is; };
addEventListener('offline', () => lost(true));
addEventListener('online', () => lost(false));

const home = main.dataset.home;
const goHome = (after) => setTimeout(() => { if (home) location.replace(home); }, after);
if (home && !main.dataset.camera) goHome(6000);
// Whoever walks away leaves a fresh page to the next.
let idle;
const rest = () => {
  clearTimeout(idle);
  idle = setTimeout(() => location.replace(location.pathname.split('/').slice(0, 3).join('/')), 60000);
};
for (const sign of ['pointerdown', 'keydown']) addEventListener(sign, rest);
rest();

if (main.dataset.camera) {
  const video = main.querySelector('video');
  const take = main.querySelector('[data-take]');
  const said = main.querySelector('.verdict');
  const say = (kind, text) => { said.hidden = false; said.className = 'verdict ' + kind; said.textContent = text; };
  const stop = () => { for (const track of video.srcObject?.getTracks() ?? []) track.stop(); video.srcObject = null; };
  addEventListener('pagehide', stop);
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ audio: false, video: { width: 1280, height: 960, facingMode: 'user' } });
    await video.play();
    take.disabled = false;
  } catch {
    say('bad', main.dataset.nocamera);
  }
  take.addEventListener('click', async () => {
    take.disabled = true;
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext('2d').drawImage(video, 0, 0);
    const photo = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.92));
    canvas.width = 0;
    try {
      const answer = await fetch(main.dataset.camera, { method: 'POST', headers: { 'Content-Type': 'image/jpeg' }, body: photo });
      if (!answer.ok) throw new Error(String(answer.status));
      lost(false);
      const { outcome, advice } = await answer.json();
      if (outcome === 'again') {
        say('warn', [main.dataset.again, ...advice].join(' '));
        take.disabled = false;
        return;
      }
      stop();
      say(outcome === 'passed' ? 'good' : 'bad', main.dataset[outcome]);
      goHome(6000);
    } catch (failed) {
      stop();
      say('bad', main.dataset.stopped);
      if (failed instanceof TypeError) lost(true);
    }
  });
}
