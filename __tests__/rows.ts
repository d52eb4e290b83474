/** The rows of a table that is written as text: a row a line, its cells between bars with blanks around them. */
export function rows(table: string): string[][] {
  const lines = table.trim().split('\n');
  return lines.map((line) => line.split(/ \|(?= |$)/).map((cell) => cell.trim()));
}

/** The lines that a cell stands for, which has semicolons between them. */
export function linesIn(cell: string): string {
  return cell.split(/\s*;\s*/).join('\n');
}

/** What a cell names. */
export function named<Thing>(things: Readonly<Record<string, Thing>>, name: string): Thing {
  const thing = things[name];
  if (thing === undefined) throw new Error(`nothing is named ${name}`);
  return thing;
}
