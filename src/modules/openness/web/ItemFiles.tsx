import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { get } from '../../../web/api.ts'
import { Card } from '../../../web/ui/Page.tsx'

/** Attachments, where there are any. */
export function ItemFiles({ id }: { id: number }): ReactElement | null {
  const files = useQuery({
    queryKey: ['files', 'openness-item', id],
    queryFn: () =>
      get<{ files: { id: number; name: string }[] }>('/api/files', {
        objectKind: 'openness-item',
        objectId: id,
      }).then((answer) => answer.files),
  })
  if (!files.data?.length) return null
  return (
    <Card title="附件">
      <ul>
        {files.data.map((file) => (
          <li key={file.id}>
            <a href={`/api/files/${file.id}`} target="_blank" rel="noreferrer">
              {file.name}
            </a>
          </li>
        ))}
      </ul>
    </Card>
  )
}
