import QRCode from 'qrcode'

/** An address as a QR for paper: SVG in a data address, without a margin of its own. */
export async function qrOf(address: string): Promise<string> {
  const svg = await QRCode.toString(address, { type: 'svg', margin: 0 })
  return `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`
}
