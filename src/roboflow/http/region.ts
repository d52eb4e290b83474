/** The domains of Roboflow, each with that of its other region: US and EU, and the same for staging (docs/internals/roboflow-api.md#d16-regions). */
const OTHER_REGIONS = new Map([
  ['roboflow.com', 'roboflow.eu'],
  ['roboflow.eu', 'roboflow.com'],
  ['roboflow.one', 'roboflow-eu.one'],
  ['roboflow-eu.one', 'roboflow.one'],
]);

const DOMAINS = [...OTHER_REGIONS.keys()];

function domainOf({ hostname }: URL): string | undefined {
  return DOMAINS.find((domain) => hostname === `api.${domain}`);
}

/** The address of the app that shows what is on this API: that of its region, and for a gateway that of the US. */
export function appOf(apiUrl: URL): string {
  return `https://app.${domainOf(apiUrl) ?? 'roboflow.com'}`;
}

/** The address of the app that `page` is a page of; undefined if it is of none. */
export function appIn(page: string): string | undefined {
  return DOMAINS.map((domain) => `https://app.${domain}`).find((app) => page.startsWith(`${app}/`));
}

/** The API of the other region, which has keys of its own; undefined for a gateway. */
export function otherRegionOf(apiUrl: URL): string | undefined {
  const other = OTHER_REGIONS.get(domainOf(apiUrl) ?? '');
  return other && `https://api.${other}`;
}
