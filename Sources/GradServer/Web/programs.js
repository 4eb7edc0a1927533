// The list of the programs of the folder.

const find = (id) => document.getElementById(id);

/** The address of a program's page. */
export const address = (kind, program) =>
  `/${kind}/${program.split("/").map(encodeURIComponent).join("/")}`;

/** Shows the programs, and follows the folder. */
export function showPrograms() {
  let programs = [];
  const write = () => {
    const sought = find("sought").value.trim().toLowerCase();
    const found = programs.filter((program) => program.toLowerCase().includes(sought));
    find("programs").replaceChildren(...found.map((program) => {
      const [folder, name] = [program.slice(0, program.lastIndexOf("/") + 1), program.split("/").at(-1)];
      const link = document.createElement("a");
      link.href = address("preview", program);
      if (folder !== "") {
        const above = document.createElement("span");
        above.textContent = folder;
        link.append(above);
      }
      link.append(name);
      const item = document.createElement("li");
      item.append(link);
      return item;
    }));
    find("none").hidden = programs.length > 0;
    find("state").textContent = `${found.length} program${found.length === 1 ? "" : "s"}`;
  };
  find("list").hidden = false;
  find("sought").addEventListener("input", write);
  const events = new EventSource("/events");
  events.addEventListener("programs", (event) => {
    programs = JSON.parse(event.data);
    write();
  });
  events.addEventListener("error", () => { find("state").textContent = "The server does not answer."; });
}
