// The hash of a chosen photo or document; the file itself goes nowhere.
for (const field of document.querySelectorAll("input[data-hash]")) {
  const pick = document.createElement("input");
  pick.type = "file";
  pick.setAttribute("aria-label", field.previousElementSibling.textContent);
  pick.addEventListener("change", async () => {
    const [chosen] = pick.files;
    if (!chosen) return;
    const digest = await crypto.subtle.digest("SHA-256", await chosen.arrayBuffer());
    field.value = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, "0")).join("");
  });
  field.after(pick);
}
