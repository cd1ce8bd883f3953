import { openKeys } from './kernel/crypto/keys.ts'
import type { ImportKind } from './kernel/importer/kind.ts'
import { ledgerImport } from './kernel/importer/ledger.ts'
import { delegateImport } from './modules/congress/public.ts'
import { duesBaseImport, duesImport, openingImport, vouchersImport } from './modules/funds/public.ts'
import { addContacts, householdsOf, rosterImport } from './modules/members/public.ts'
import { headcountImport, unitFinder } from './modules/organisation/public.ts'
import { survivorsImport } from './modules/survivors/public.ts'

/** What can be imported: the composition of the importer with the modules that own people and units. */
export const importKinds = (dataDir: string): readonly ImportKind[] => [
  rosterImport(openKeys(dataDir)),
  headcountImport,
  delegateImport,
  survivorsImport(openKeys(dataDir)),
  duesBaseImport,
  duesImport,
  openingImport,
  vouchersImport,
  ledgerImport({ unitFinder, addContacts, householdsOf }),
]
