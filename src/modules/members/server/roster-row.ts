import type { Keys } from '../../../kernel/crypto/keys.ts'
import { UNKNOWN_SINCE } from '../../organisation/public.ts'
import type { Gender } from '../words.ts'
import type { Newcomer } from './enrol.ts'
import type { NewKin } from './households.ts'
import type { RosterRow } from './roster-read.ts'
import { sealNumbers } from './secrets.ts'

/** A roster row as it waits between check and commit: JSON, its numbers sealed already. Bytes are base64. */
export interface FrozenRow {
  name: string
  unitId: number
  /** False when the sheet left the unit empty: an update then keeps the person's unit. */
  unitGiven: boolean
  gender: Gender | null
  bornOn: string | null
  staffNo: string | null
  joinedOn: string | null
  retained: boolean
  employment: string | null
  tags: string[]
  kin: NewKin[]
  idNoSealed: string | null
  idNoHash: string | null
  idLast4: string | null
  phoneSealed: string | null
  phoneHash: string | null
  phoneLast4: string | null
  bankSealed: string | null
  bankLast4: string | null
}

export function freeze(keys: Keys, row: RosterRow, unitId: number): FrozenRow {
  const sealed = sealNumbers(keys, row)
  const text = (bytes: Buffer | null): string | null => bytes?.toString('base64') ?? null
  return {
    name: row.name,
    unitId,
    unitGiven: row.unit !== null,
    gender: row.gender,
    bornOn: row.bornOn,
    staffNo: row.staffNo,
    joinedOn: row.joinedOn,
    retained: row.retained,
    employment: row.employment,
    tags: row.tags,
    kin: row.kin,
    idNoSealed: text(sealed.idNoSealed),
    idNoHash: text(sealed.idNoHash),
    idLast4: sealed.idLast4,
    phoneSealed: text(sealed.phoneSealed),
    phoneHash: text(sealed.phoneHash),
    phoneLast4: sealed.phoneLast4,
    bankSealed: text(sealed.bankSealed),
    bankLast4: sealed.bankLast4,
  }
}

export type RosterPerson = Newcomer & Pick<FrozenRow, 'unitGiven' | 'retained'>

export function thaw(row: FrozenRow): RosterPerson {
  const bytes = (text: string | null): Buffer | null => (text === null ? null : Buffer.from(text, 'base64'))
  const retired = /退休|离休/.test(row.employment ?? '') && !/内退/.test(row.employment ?? '')
  return {
    ...row,
    // An unknown day of joining is an opening balance, not a member won this year.
    joinKind: row.joinedOn ? 'join' : 'opening',
    retainedOn: row.retained ? (row.joinedOn ?? UNKNOWN_SINCE) : null,
    status: retired ? 'retired' : row.retained ? 'retained' : 'active',
    tags: row.tags.map((tag) => ({ tag, since: null })),
    idNoSealed: bytes(row.idNoSealed),
    idNoHash: bytes(row.idNoHash),
    phoneSealed: bytes(row.phoneSealed),
    phoneHash: bytes(row.phoneHash),
    bankSealed: bytes(row.bankSealed),
  }
}
