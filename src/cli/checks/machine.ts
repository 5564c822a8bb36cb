// This machine: the Node version, the disk under DATA_DIR and the port.
import { existsSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { createServer } from 'node:http'
import { dirname, resolve } from 'node:path'
import type { Config } from '../../config.ts'
import { bad, type Finding, ok, warn } from './finding.ts'

const NEEDED_NODE = 24
/** What the store refuses to start with, and what a busy bot fills within weeks. */
const MIN_FREE_MB = 64
const LITTLE_FREE_MB = 1_024
const TIMEOUT_MS = 2_000

export async function checkMachine(config: Config): Promise<Finding[]> {
  return [checkNode(process.versions.node), await checkDisk(config), await checkPort(config.PORT)]
}

export function checkNode(version: string): Finding {
  if (Number(version.split('.')[0]) >= NEEDED_NODE)
    return ok({ en: `Node ${version}`, ko: `Node ${version}` })
  return bad(
    { en: `Node ${version} is too old`, ko: `Node ${version}: 너무 오래된 버전이에요` },
    {
      en: `Install Node ${NEEDED_NODE} or newer, or start it with npm (npm ci brings Node ${NEEDED_NODE}).`,
      ko: `Node ${NEEDED_NODE} 이상을 설치하거나 npm으로 실행하세요. npm ci를 하면 Node ${NEEDED_NODE}도 함께 설치돼요.`,
    },
  )
}

async function checkDisk({ DATA_DIR, DATABASE_URL }: Config): Promise<Finding> {
  let folder = resolve(DATA_DIR)
  while (!existsSync(folder)) folder = dirname(folder)
  const { bavail, bsize } = await statfs(folder)
  const freeMb = Math.floor((bavail * bsize) / 1024 / 1024)
  const says = {
    en: `${freeMb.toLocaleString('en')} MB free under ${DATA_DIR}`,
    ko: `${DATA_DIR}에 남은 공간 ${freeMb.toLocaleString('en')} MB`,
  }
  const remedy = {
    en: 'Free some space, or point DATA_DIR to another disk.',
    ko: '공간을 비우거나 DATA_DIR을 다른 디스크로 바꾸세요.',
  }
  if (DATABASE_URL || freeMb >= LITTLE_FREE_MB) return ok(says)
  return freeMb < MIN_FREE_MB ? bad(says, remedy) : warn(says, remedy)
}

async function checkPort(port: number): Promise<Finding> {
  if (port === 0) return ok({ en: 'PORT 0: any free port is taken', ko: 'PORT 0: 비어 있는 포트를 써요' })
  const code = await tryPort(port)
  if (code === null) return ok({ en: `Port ${port} is free`, ko: `포트 ${port}번 비어 있음` })
  if (code === 'EADDRINUSE' && (await isOurs(port)))
    return ok({
      en: `Port ${port} is used by the running bot`,
      ko: `포트 ${port}번: 실행 중인 봇이 쓰고 있음`,
    })
  return bad(
    {
      en:
        code === 'EADDRINUSE'
          ? `Port ${port} is taken by another program`
          : `Port ${port} cannot be used (${code})`,
      ko:
        code === 'EADDRINUSE'
          ? `포트 ${port}번을 다른 프로그램이 쓰고 있어요`
          : `포트 ${port}번을 쓸 수 없어요(${code})`,
    },
    {
      en: 'Stop that program, or set PORT to a free one.',
      ko: '그 프로그램을 끄거나 PORT를 다른 번호로 바꾸세요.',
    },
  )
}

/** Null when it is free, else the system's error code. */
function tryPort(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen(port, () => server.close(() => resolve(null)))
  })
}

/** Another web server may answer there too, but not with our parts. */
async function isOurs(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/readyz`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    })
    const body: unknown = await response.json()
    return typeof body === 'object' && body !== null && 'parts' in body && 'ok' in body
  } catch {
    // Whatever is there does not speak as we do.
    return false
  }
}
