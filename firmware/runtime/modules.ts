import { MODULES, Part, Sensor } from "../core/events";
import { countTemplates } from "../core/users/modules";
import { templatesIn } from "../core/users/templates";
import { Runtime } from "./runtime";

/** No module's: nothing is believed until an administrator pairs it. */
const UNKNOWN_IDENTITY = "?";

/** A4. @param identity "" empties the module that is there and pairs with it */
export function trust(r: Runtime, module: Part, identity: string): void {
  const pairing = r.roles.modules[module];
  if (pairing !== null) pairing.trust(identity);
}

/** A4: which modules are ours, said at every start. */
export function trustModules(r: Runtime): void {
  for (let sensor = 0; sensor < Sensor.Count; sensor++) r.roles.readers[sensor].keep(templatesIn(r.lock.templates, sensor));
  for (let module = 0; module < MODULES; module++) {
    const known = countTemplates(r.lock.templates, module);
    const identity = r.store.prefs.identities[module];
    if (module === Part.PalmFace && r.roles.palmFace !== null) r.roles.palmFace.expect(known);
    // Whose the templates are cannot be told where the store has lost the identity: that is no reason to empty the module.
    trust(r, module, identity === "" && known > 0 ? UNKNOWN_IDENTITY : identity);
  }
}
