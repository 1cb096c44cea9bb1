// What the journeys write where the program seals it, and whether any of it can be read afterwards (T12).
import { spawnSync } from 'node:child_process';

const fields = [
  [/^\/sign-in$/, /^password$/],
  [/^\/participants\/[^/]+\/identity$/, /^(name|personal_number|phone|email|address)$/],
  [/^\/participants\/[^/]+\/notes$/, /^text$/],
  [/^\/participants\/[^/]+\/meetings(\/[^/]+)?$/, /^(place|agenda|notes|problem|why|what-\d+)$/],
  [/^\/participants\/[^/]+\/agreements\/[^/]+\/outcome$/, /^why$/],
  [/^\/participants\/[^/]+\/baton$/, /^step$/],
  [/^\/participants\/[^/]+\/handovers$/, /^message$/],
  [/^\/participants\/[^/]+\/handovers\/[^/]+\/(acceptance|refusal)$/, /^(step|answer)$/],
  [/^\/participants\/[^/]+\/conflicts$/, /^reason$/],
  [/^\/participants\/[^/]+\/disposal\/hold$/, /^reason$/],
  [/^\/participants\/[^/]+\/consents$/, /^(language|evidence)$/],
  [/^\/broken-glass$/, /^reason$/],
  [/^\/broken-glass\/[^/]+\/review$/, /^finding-/],
  [/^\/access-log\//, /^remark-/],
];
const shortest = 8;  // less could stand anywhere
const written = new Set();

// A form that a browser sends.
export function remember(address, body) {
  const { pathname } = new URL(address);
  for (const [place, names] of fields)
    if (place.test(pathname))
      for (const [name, text] of new URLSearchParams(body))
        if (names.test(name))
          for (const line of [...text.split(/\r?\n/), text.replace(/\D/g, '')])  // a personal number is kept without its dash
            if (line.length >= shortest) written.add(line);
}

export const anything_remembered = () => written.size > 0;

// The files below these folders in which something that was sealed stands, or one of `others`.
export function readable_in(folders, others = [...written]) {
  const { status, stdout, stderr } = spawnSync('grep', ['-r', '-l', '-a', '-F', '-f', '-', '--', ...folders], { input: others.join('\n') + '\n', env: { ...process.env, LC_ALL: 'C' } });
  if (status > 1) throw new Error(`the files could not be searched: ${stderr}`);
  return String(stdout).split('\n').filter(Boolean);
}
