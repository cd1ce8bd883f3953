import { useEffect, useState } from 'react'

/** Whether the network is there: what is typed waits on the device until it is. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(navigator.onLine)
  useEffect(() => {
    const listen = (): void => setOnline(navigator.onLine)
    for (const event of ['online', 'offline']) window.addEventListener(event, listen)
    return () => {
      for (const event of ['online', 'offline']) window.removeEventListener(event, listen)
    }
  }, [])
  return online
}
