// The one-time code comes behind the address's `#`, which no server and no log ever sees.
const field = document.getElementById("code");
if (field && location.hash.length > 1) {
  field.value = decodeURIComponent(location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}
