import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * What keeps a closing server waiting for a browser's time-out, although nobody is being served: connections opened
 * ahead of need that never asked anything, and those whose last answer ends after the closing began.
 * @returns hangs up on the first at once, on the others as they are answered
 */
export function silentConnections(server: Server, secure: boolean): () => void {
  const silent = new Set<Socket>()
  let closing = false
  server.on(secure ? 'secureConnection' : 'connection', (socket: Socket) => {
    silent.add(socket)
    socket.once('close', () => silent.delete(socket))
  })
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    silent.delete(socket)
    response.once('finish', () => closing && socket.end())
  })
  return () => {
    closing = true
    for (const socket of silent) socket.destroy()
  }
}
