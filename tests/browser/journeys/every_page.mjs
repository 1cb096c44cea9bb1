// Every page that links lead to, for each of the demo accounts: one of each kind of page is examined.
const accounts = [null, 'coach', 'enhetschef', 'forbundschef', 'remittent', 'utomstaende', 'administrator', 'af-chef'];
const kind_of = (address) => address.replace(/[?#].*/, '').replace(/\b[0-9a-z]{26}\b/g, '…').replace(/^(\/interventions\/)(?!new|file)[^/]+(\/.+)/, '$1…$2');

export default async ({ visitor, signed_in }, test) => {
  for (const account of accounts)
    await test(`what ${account ?? 'somebody without an account'} can come to is well made, page by page`, async () => {
      const someone = account ? await signed_in(account) : await visitor();
      const met = new Set(), waiting = ['/', '/about', '/sign-in'], faults = [];
      while (waiting.length) {
        const address = waiting.shift();
        if (met.has(kind_of(address)) || address.startsWith('/language/')) continue;
        met.add(kind_of(address));
        try {
          await someone.go(address);
          waiting.push(...(await someone.page.locator('a[href^="/"]:not([download])').evaluateAll((all) => all.map((link) => link.getAttribute('href')))));
        } catch (fault) {
          if (!/Download is starting/.test(fault.message)) faults.push(fault.message);  // a file is no page
        }
      }
      if (faults.length) throw new Error(faults.join('\n\n'));
    });
};
