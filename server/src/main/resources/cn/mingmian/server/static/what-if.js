// Reads a chosen file into the text box; the file goes nowhere else until the reader sends it.
const pick = document.getElementById("pick");
const file = document.getElementById("file");
const facts = document.getElementById("facts");
pick.hidden = false;
file.addEventListener("change", async () => {
  const [chosen] = file.files;
  if (chosen && chosen.size <= 65536) {
    facts.value = await chosen.text();
    facts.form.requestSubmit();
  }
});
