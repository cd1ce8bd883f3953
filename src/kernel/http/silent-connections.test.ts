import Fastify from 'fastify'
import { once } from 'node:events'
import net from 'node:net'
import { expect, test } from 'vitest'
import { silentConnections } from './silent-connections.ts'

test('closing hangs up on a connection that never asked anything, and lets a request under way end', async () => {
  const app = Fastify()
  const hangUp = silentConnections(app.server, false)
  let asked = (): void => {}
  const arrived = new Promise<void>((resolve) => (asked = resolve))
  let answer = (): void => {}
  const held = new Promise<void>((resolve) => (answer = resolve))
  app.get('/slow', async () => {
    asked()
    await held
    return 'done'
  })
  await app.listen({ port: 0 })
  const { port } = app.server.address() as net.AddressInfo
  const silent = net.connect(port)
  await once(silent, 'connect')
  silent.resume()
  const slow = fetch(`http://localhost:${port}/slow`)
  await arrived
  const gone = once(silent, 'close')
  const closed = app.close()
  hangUp()
  await gone
  answer()
  expect(await (await slow).text()).toBe('done')
  await closed
})
