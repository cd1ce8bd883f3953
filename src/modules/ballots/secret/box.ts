// The ballot box's own process: its memory is not the application's. It is told votes over the channel to its parent and
// tells nothing but that it is done.
import type { AddressInfo } from 'node:net'
import { fromText } from '../format/bytes.ts'
import { Box, boxServer } from './box-server.ts'
import { boxScalar } from './places.ts'
import type { Asked, BoxSettings } from './processes.ts'

const settings = JSON.parse(process.env['BALLOT_BOX'] ?? '{}') as BoxSettings
const box = new Box(boxScalar(settings.dataDir))
const server = boxServer(box, settings.origin, settings.tls)
process.on('disconnect', () => process.exit(0))
for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})

const deeds: Record<string, (asked: Asked) => Promise<unknown>> = {
  open: (asked) => box.open(asked.parts['opening']!, asked.parts['urn']!),
  close: (asked) => box.close(asked.parts['eid']!),
  sign: async (asked) => box.sign(fromText(asked.parts['message']!)!),
}

process.on('message', (asked: Asked) => {
  deeds[asked.deed]!(asked).then(
    (value) => process.send!({ number: asked.number, value }),
    (error: Error) => process.send!({ number: asked.number, error: error.message }),
  )
})
server.once('error', (error: NodeJS.ErrnoException) => {
  process.send!({ failed: error.code ?? error.message })
  process.exit(1)
})
server.listen(settings.port, settings.host, () => {
  process.send!({ ready: (server.address() as AddressInfo).port })
})
