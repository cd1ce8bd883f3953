import type { ReactElement } from 'react'
import type { Column, Density, useTableSettings } from './DataTable.tsx'
import { Icon } from './Icon.tsx'
import { Popover } from './Popover.tsx'

const densities: { id: Density; title: string }[] = [
  { id: 'compact', title: '紧凑' },
  { id: 'normal', title: '适中' },
  { id: 'loose', title: '宽松' },
]

/** Column and density settings of a list. */
export function TableTools<Row>({
  columns,
  settings,
}: {
  columns: readonly Column<Row>[]
  settings: ReturnType<typeof useTableSettings>
}): ReactElement {
  return (
    <Popover className="icon-button" label="显示设置：列与行距" right button={<Icon name="columns" />}>
      {() => (
        <div className="pop-scroll">
          <div className="pop-title">行距</div>
          <div className="row" style={{ padding: '2px 10px 6px' }}>
            {densities.map((density) => (
              <label key={density.id} className="row">
                <input
                  type="radio"
                  name="density"
                  checked={settings.density === density.id}
                  onChange={() => settings.setDensity(density.id)}
                />
                {density.title}
              </label>
            ))}
          </div>
          <hr />
          <div className="pop-title">显示的列</div>
          {columns.map((column) => (
            <label key={column.id} className="pop-item">
              <input
                type="checkbox"
                checked={settings.shown(column)}
                disabled={column.lead ?? false}
                onChange={() => settings.toggle(column)}
              />
              {column.title}
            </label>
          ))}
        </div>
      )}
    </Popover>
  )
}
