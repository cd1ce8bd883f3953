// The registrar's own process: the only one that reads the issuers' keys. It signs blinded numbers that the application
// has recorded and committed before, and learns nothing from them.
import { readFileSync } from 'node:fs'
import { fromText, toText } from '../format/bytes.ts'
import { issuerFile } from './places.ts'
import type { Asked } from './processes.ts'
import { issuerOf, type Issuer } from './signer.ts'

const dataDir = (JSON.parse(process.env['BALLOT_BOX'] ?? '{}') as { dataDir: string }).dataDir
const issuers = new Map<string, Issuer>()
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

function sign(eid: string, blinded: string): string {
  let issuer = issuers.get(eid)
  if (!issuer) {
    issuer = issuerOf(new Uint8Array(readFileSync(issuerFile(dataDir, eid))))
    issuers.set(eid, issuer)
  }
  const asked = fromText(blinded)
  const answer = asked && issuer.blindSign(asked)
  if (!answer) throw new Error('not a number to sign')
  return toText(answer)
}

process.on('message', (asked: Asked) => {
  try {
    if (asked.deed === 'forget') issuers.delete(asked.parts['eid']!)
    const value = asked.deed === 'sign' ? sign(asked.parts['eid']!, asked.parts['blinded']!) : null
    process.send!({ number: asked.number, value })
  } catch (error) {
    process.send!({ number: asked.number, error: (error as Error).message })
  }
})
process.send!({ ready: 0 })
