import { Button } from 'antd'
import { useRef, type ReactElement } from 'react'
import { post } from '../../../web/api.ts'

/** Photos and scans chosen before there is anything to attach them to; on a phone this opens the camera or the album. */
export function PhotoPicker({
  photos,
  change,
}: {
  photos: readonly File[]
  change: (next: File[]) => void
}): ReactElement {
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="field whole">
      <span className="label">照片和扫描件</span>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept=".jpg,.jpeg,.png,.pdf"
        aria-label="选择照片"
        onChange={(event) => {
          change([...photos, ...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
      <ul>
        {photos.map((photo, at) => (
          <li key={`${photo.name}-${photo.lastModified}-${photo.size}`} className="spread">
            <span>{photo.name}</span>
            <button
              type="button"
              className="link danger"
              onClick={() => change(photos.filter((_, index) => index !== at))}
            >
              移除
            </button>
          </li>
        ))}
      </ul>
      <div>
        <Button onClick={() => input.current?.click()}>添加照片</Button>
      </div>
    </div>
  )
}

/** Sends each photo by itself, twice if the network drops it. @returns the names of those that didn't arrive */
export async function sendPhotos(claimId: number, photos: readonly File[]): Promise<string[]> {
  const lost: string[] = []
  for (const photo of photos) {
    const send = (): Promise<void> => {
      const form = new FormData()
      form.set('objectKind', 'mutual-aid-claim')
      form.set('objectId', String(claimId))
      form.set('file', photo)
      return post('/api/files', form)
    }
    await send()
      .catch(send)
      .catch(() => lost.push(photo.name))
  }
  return lost
}
