// Starts a browser, and for each journey a server with a demo area of its own.
import path from 'node:path';
import { chromium } from 'playwright-core';
import { root, serve } from '../walk/stafett.mjs';
import { walk } from '../walk/walk.mjs';
import { visit } from './visitor.mjs';

// Nothing of Chromium's own goes out on the network; its profile is a new, empty folder each time.
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'],
});

// What a journey gets: the address, and visitors, each with a browser of their own.
async function district(database, title) {
  const area = database.with_demo_area();
  let server = await serve(area);
  const contexts = [];
  const visitor = async (options) => {
    const context = await browser.newContext({ baseURL: server.address, locale: 'sv-SE', viewport: { width: 1280, height: 900 }, ...options });
    contexts.push(context);
    context.setDefaultTimeout(20_000);
    return visit(context, { scripted: options?.javaScriptEnabled !== false, pictures: path.join(root, 'build/browser', title.replace(/\W+/g, '-')) });
  };
  const stop = async () => {
    const { status, err } = await server.stop();
    if (status !== 0) throw new Error(`the server ended with ${status}`);
    if (err) throw new Error(`the server said:\n${err}`);
  };
  return {
    address: server.address,
    visitor,
    // With other settings: {settings: a file}; its new address.
    restart: async (options) => {
      await stop();
      server = await serve(area, options);
      return server.address;
    },
    signed_in: async (account, options) => {
      const person = await visitor(options);
      await person.sign_in(account);
      return person;
    },
    end: async () => {
      for (const context of contexts) await context.close();
      await stop();
    },
  };
}

const well = await walk(path.join(import.meta.dirname, 'journeys'), district);
await browser.close();
process.exitCode = well ? 0 : 1;
