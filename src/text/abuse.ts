// Insults, slurs and threats at whoever reads. Narrow on purpose: a customer who is wrongly told to be civil is worse off
// than an agent who reads a curse. Swearing at a thing, and telling what somebody else has said, is none of it.

const QUOTED =
  /"[^"\n]*"|“[^”\n]*”|‘[^’\n]*’|'[^'\n]{1,60}'|「[^」\n]*」|『[^』\n]*』|`[^`\n]*`|^\s*>.*$|https?:\/\/\S+/gm
/** "…이라고 했어요", "…라는 말": somebody else's word. */
const REPORTED = /^(?:이|같은)?\s?(?:라고|라는|라며|라면서|이란|란\s)|^\s?(?:욕|소리를?\s?들)/

const KOREAN: readonly RegExp[] = [
  // Not 시발점, 시발역, 다시발송, 18시발.
  /(?<![가-힣\d])(?:씨발|씨빨|씨팔|쓰발|씨바(?=[!.,~\s]|$))(?!라이트)/g,
  /(?<![가-힣\d])시발(?!점|역|지|택시|자동차|버스|열차|차|항|국|\s?(?:역|지점|열차|터미널|택시|자동차|버스))/g,
  /(?<![가-힣\d])[씨시][1!@^*]발/g,
  /(?<![ㄱ-ㅎ])(?:(?:[ㅅㅆ]ㅂ){1,4}|ㅄ|ㅂㅅ|ㅈㄹ)(?![ㄱ-ㅎ])/g,
  // Not 개새끼손가락.
  /(?<![가-힣])개\s?새끼(?=(?:야|들아|들|네|가|는|임|다)?(?:[\s!.,?~]|$))(?!\s?(?:고양이|강아지|들?이?\s?태어))/g,
  /(?:씹|호로|후레|미친|쌍|썅)\s?새끼/g,
  /(?<![가-힣])(?:야\s?)?이\s?새끼(?:야|들아)(?![?？])/g,
  /(?<![가-힣])병신(?!년|일주|춤|생|정변)/g,
  /(?<![가-힣])지랄(?!탄|버섯)/g,
  /미친\s?(?:놈|년)/g,
  /(?<![가-힣])(?:좆|좃)(?:같|까|만|도|밥)/g,
  /(?<![가-힣])엿(?:이나)?\s?(?:처)?먹어라/g,
  /^\s*(?:야\s?)?(?:닥쳐|꺼져)라?[!.~\s]*$/gm,
  /(?<![가-힣])(?:느금마|니\s?애미|니미럴|니\s?에미|씨방새|쌍놈|쌍년|썅년|썅놈|창년)/g,
  /(?<![가-힣])(?:짱깨|쪽바리|틀딱|맘충|한남충|김치녀)/g,
  /(?<![가-힣])(?:너|니|네|너희|니들|당신|찾아가서)\s?(?:를|들|놈|년)?\s?(?:다\s?)?죽여\s?(?:버|줄|주)[가-힣]*/g,
  // A threat at nobody named. Not 벌레를 죽여 버릴 거야, nor 다 죽여 버릴까요?
  /(?:^|[.!?~,…])\s*(?:(?:야|아|진짜|정말|다|전부|모두|싹|확|그냥|콱|당장|꼭|내가|이것들|가서)\s?){0,4}죽여\s?버(?:릴\s?[거꺼](?:야|다|임|라고)|리겠(?:어(?!요)|다)|린다(?!고))/gm,
]

const WORST =
  '(?:idiots?(?!-proof)|morons?|imbeciles?|bitch(?:es)?|bastards?|assholes?|arseholes?|retards?|cunts?|scumbags?|dumbass(?:es)?|dickheads?|pieces? of (?:shit|crap)|worthless (?:shit|trash))'
const ENGLISH: readonly RegExp[] = [
  /\bf[u*]c?k(?:ing)? (?:you|u|off|yourself|yourselves|y['’]?all)\b/gi,
  /\b(?:motherfucker|mother fucker|cocksucker)s?\b/gi,
  new RegExp(
    String.raw`\b(?:you(?:['’]re| are)?|u|ur|all of you)(?: all)? (?:(?:a|an|the|such|just|all|fucking|bloody|stupid|dumb|useless|total|complete|absolute) ){0,4}${WORST}\b`,
    'gi',
  ),
  /\b(?:stupid|dumb|fucking|lying) (?:bitch|cunt|bastard|whore|idiot|asshole|arsehole|moron|scumbag|dickhead)s?\b/gi,
  /\b(?:kill yourself|kys|go to hell|eat shit|shut the fuck up|stfu|son of a bitch|go die)\b/gi,
  /\bI(?:['’]ll| will|['’]m going to|['’]m gonna) (?:(?:find|hunt|track|come)(?: \w+){1,4} and )?(?:fucking )?(?:kill|murder|hurt) (?:you|u)\b/gi,
  /\b(?:nigg(?:er|a)s?|faggots?|gooks?|spics?|kikes?)\b|\bchinks?\b(?! in)/gi,
]

/** Whether it insults or threatens whoever reads it. */
export function isAbusive(text: string): boolean {
  const own = text
    .normalize('NFC')
    .replace(/[\u200B-\u200D\u2060\uFEFF]/g, '')
    .replace(QUOTED, (quoted) => quoted.replace(/[^\n]/g, ' '))
  if (ENGLISH.some((pattern) => own.search(pattern) >= 0)) return true
  return KOREAN.some((pattern) =>
    [...own.matchAll(pattern)].some(
      ({ 0: found, index }) => !REPORTED.test(own.slice(index + found.length, index + found.length + 12)),
    ),
  )
}
