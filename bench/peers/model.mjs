// How both peers ask the model: the openai client, streamed, as their own documentation shows it.
import OpenAI from 'openai'

const client = new OpenAI({ baseURL: process.env.EXAONE_BASE_URL, apiKey: 'none', maxRetries: 0 })
const system = 'You answer people in a support channel. You are polite, brief and concrete. Answer in Korean.'

export async function* answer(question) {
  const stream = await client.chat.completions.create({
    model: 'LGAI-EXAONE/EXAONE-4.0-32B-AWQ',
    stream: true,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: question },
    ],
  })
  for await (const chunk of stream) {
    const text = chunk.choices[0]?.delta?.content
    if (text) yield text
  }
}
