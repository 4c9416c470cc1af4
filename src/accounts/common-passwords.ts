/**
 * What is guessed first. Lists of leaked passwords are mostly a few hundred words with a number, a year or a sign added,
 * so the words are listed and the additions taken off before looking.
 */
const WORDS = new Set(
  `access account admin administrator adobe airplane alexander alexandra alexis alejandro amanda america american anderson andrea
andrew angel angela angels anthony apple archie arsenal arthur asdf asdfgh asdfghjkl asshole austin autumn azerty babe baby
babygirl babyboy bailey ball banana bandit barbara barcelona barney baseball basketball batman beautiful beauty benjamin bigdaddy bigdog
biteme blabla black blackjack blessed blink bond boomer booboo boston brandon brandy brasil brazil bubbles buddy bulldog
buster butter butterfly california camaro cameron canada captain carlos carolina caroline carter casper charles charlie charlotte
cheese chelsea cherry chester chicago chicken chocolate chris christ christian christina christopher claire cocacola coffee
computer cookie cookies cool cooper corvette cowboy cowboys cristina cristiano crystal dakota dallas daniel daniela danielle
dave david debbie default delta demo denise dennis destiny diablo diamond digital doctor dolphin dolphins donald dragon dragonball
dreams eagle eagles eclipse edward einstein elephant elizabeth emily eminem england enter esim eternity
fashion father fender ferrari fireball firebird fish fishing fitness florida flower flowers football forever france francisco frank
freddy freedom friend friends fuck fuckyou gabriel galaxy gandalf garfield genesis george gfhjkm giants ginger
giovanni girls godzilla golden golf golfer google gordon grace guest guitar hacker hammer hannah happy hardcore harley
harrypotter heaven heather hello hellokitty helpme hesoyam hockey holiday hollywood honda honey hotdog house hunter iceman iloveu iloveyou
internet ironman isabella jackson jackass jaguar jake james january jasmine jason jasper jennifer jeremy jessica jessie jesus
jesuschrist johnson johnny jonathan jordan joseph joshua juice junior justin juventus katherine kevin killer king kingdom kitty
knight korea kristina ladies lakers lauren legend leonardo letmein liberty lifeisgood linda lincoln little liverpool login london
looking loser love lovely loveme lover loveyou lucky machine maggie magic manager manchester margaret maria marina marine
market marlboro martin marvin master matrix matthew maverick maxwell melissa member mercedes merlin metallica michael michelle mickey
midnight miller minecraft mississippi molly money monica monkey monster morgan mother mountain muffin music mustang myspace
mynoob naruto natasha nathan newyork nicholas nicole nintendo nirvana november numnaroad oliver online orange pakistan panther
paris parola pass passion passport password passwort passw patricia patrick peaches peanut pebbles penguin people pepper phoenix
player playstation please pokemon police politics porsche power precious prince princess private public purple qazwsx qwaszx qwert
qwerty qwertyui qwertyuiop qweasd qweasdzxc qwer rabbit rachel rainbow ranger rangers raymond realmadrid rebecca redsox renault
richard robert roberto rocket ronaldo root rosebud runner samantha samsung samuel santiago saturn school scooby scooter scorpion
scorpio scott secret security september senha sergey service shadow shannon sherlock sierra silver simple simpson skyline slayer slipknot
smokey snoopy snowball soccer software spencer spider spiderman spring squirt startrek starwars station steelers stella stephanie
steven strawberry student summer sunflower sunset sunshine superman superstar support sweet sweetheart sweety swimming sydney system tattoo
taylor teacher tennis teresa test tester testing texas theman thomas thunder tiffany tiger tigger timothy titanic
tomcat toyota travel traveller traveler travis trinity trouble trustno trustnoone turtle twilight unknown user valentina vanessa
vampire vegeta victor victoria vincent virginia voyage warcraft warrior welcome welkom whatever white william williams willow
windows winner winston winter wizard wolf wordpass work wrestling xavier yamaha yankee yankees yellow zaq zaqwsx zxcvb zxcvbn zxcvbnm`.split(
    /\s+/,
  ),
);

/** Where fingers walk: along rows, columns and the alphabet, both ways. */
const WALKS = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop[]asdfghjkl;zxcvbnm,./',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '147258369',
  '159753',
  '!@#$%^&*()',
].flatMap((walk) => [walk, Array.from(walk).toReversed().join('')]);

const LOOKALIKES: Record<string, string> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};
const LONGEST_ADDITION = 5;

/** Whether it would be among the first guesses. Asked of passwords of 8 characters and more. */
export function isCommon(password: string): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  const half = folded.slice(0, Math.ceil(folded.length / 2));
  const repeated = folded === half + half ? [half] : [];
  return new Set(folded).size <= 3 || isDate(folded) || [folded, ...repeated].some(isGuessed);
}

const isGuessed = (text: string) =>
  WALKS.some((walk) => walk.includes(text)) || isInTwo(text) || isWordWithMore(text);

/** `qwerty123456`, `1234qwer`, `abc123456`: two walks, or a word and a walk. */
function isInTwo(text: string) {
  const walked = (part: string) => part.length >= 3 && WALKS.some((walk) => walk.includes(part));
  return Array.from({ length: Math.max(text.length - 5, 0) }, (_, index) => index + 3).some((cut) => {
    const [first, last] = [text.slice(0, cut), text.slice(cut)];
    return (walked(first) || WORDS.has(first)) && (walked(last) || WORDS.has(last));
  });
}

/** `password1`, `!Summer2026`, `P@ssw0rd!`: up to five signs around a word of the list. */
function isWordWithMore(text: string) {
  const endless = text.replace(/[^a-z]+$/, '');
  return [endless, endless.replace(/^[^a-z]+/, '')].some(
    (word) => text.length - word.length <= LONGEST_ADDITION && WORDS.has(unmasked(word)),
  );
}

const unmasked = (word: string) => Array.from(word, (sign) => LOOKALIKES[sign] ?? sign).join('');

/** `19901231`, `31121990`: everybody has one. */
const isDate = (text: string) =>
  /^(?:(?:19|20)\d\d(?:0\d|1[0-2])[0-3]\d|[0-3]\d[0-3]\d(?:19|20)\d\d)$/.test(text);
