// Programs in addresses: packed by deflate, and written in letters, as clients of Kroki do.

async function through(stream, bytes) {
  const packed = new Blob([bytes]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** The letters that stand for a program. */
export async function encoded(program) {
  const bytes = await through(new CompressionStream("deflate"), new TextEncoder().encode(program));
  let text = "";
  for (let start = 0; start < bytes.length; start += 8_192) {
    text += String.fromCharCode(...bytes.subarray(start, start + 8_192));
  }
  return btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The program that letters stand for; null for none. */
export async function decoded(letters) {
  try {
    const text = atob(letters.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const program = await through(new DecompressionStream("deflate"), bytes);
    return program.length > 1_000_000 ? null : new TextDecoder().decode(program);
  } catch {
    return null;
  }
}
