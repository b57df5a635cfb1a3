/**
 * Words that tell nobody anything of anybody: English without names, and what an API says when it refuses. Of a sentence that a server
 * wrote only these are shown, beside the words of the contract.
 */
export const plainWords: ReadonlySet<string> = new Set(
  `
  a able about above accept accepted accepts access accessible account accounts action active actual add added adding address addresses after again against
  all allow allowed allows already also although always an and another answer answered answers any anybody anyone anything api apis
  application are argument array as ask asked asking associated at attach attached attachment attachments attempt attempts auth
  authenticate authenticated authentication authorization authorized automatically available availability
  back bad be because been before begin beginning being belong belongs below beside best better between beyond blank bodies body boolean
  both brackets break breaks broken but by bytes
  call called caller calls came can cannot case change changed changes character characters chat chats check checked checks clear
  clears client closed code codes come comes common complete completed conflict connection contact contacts contain contained contains
  content contents contract correct could count counts create created creates creating creation credentials current currently
  data date dates day days default deleted delete deletes deleting delivered delivery denied depend depends depth described description
  detail details did differ difference different differently digit digits direction disabled do document does done down due duplicate
  duplicates during
  each edit edited editing either element elements else empty enabled encoded encoding end ends endpoint enough enter entity entries entry
  enum equal error errors even event events ever every everything exactly example exceed exceeded exceeds exist existing exists expected
  expire expired expires external extra
  fail failed failing fails failure false feature field fields file filename files filter find finding finds first fits follow following
  for forbidden foreign form format formats forms forwarding found free from full further
  gateway gave get gets give given gives go goes gone good got greater group groups grow grows
  had handle handles happened has have having header headers held here higher hold holds host hour hours how however http https
  i id identical identifier identifiers identify if ignore ignored ignores image in inactive include included includes including
  incorrect index inside instead integer integers integration internal into invalid is isn it item items its itself
  json just keep keeps key keys kind know known knows
  large larger last later least left length less let like limit limited limits line lines link list listed lists long longer lower
  made mail maintenance make makes malformed many mark marked match matched matches matching matter max maximum may me media meanwhile
  member members message messages method methods might min minimum minute minutes missing mock moment more most must my
  name named names need needed needs neither network never new next no nobody non none nor not nothing now null number numbers numeric
  object objects of off ok old on once one ones only open operation operations optional or order orders organization other others
  otherwise out outside over own owner
  page pages paging parameter parameters parse parsed part participant participants parts pass passed past path pattern payload people per
  perform performed permission permissions permitted person phone phrase place please plus point pointer position positive possible
  present prevent previous private problem process processed processing promise properties property provide provided provides put
  query quota
  rate reach reached reactions reaction read reading reads ready reason received recipient recipients record records recognised
  recognized redirect refuse refused refuses reject rejected related remain remains remove removed removes removing repeat repeated reply
  request requested requests require required requires reset resource resources response responses rest result results retry return
  returned returns right room rule run
  same say says schema scope second seconds secret secrets see seen send sender sending sends sent separate server servers service services
  set sets shape share shared sharing should show shown shows side signature signed since single size small so some somebody someone
  something soon sort sorted sorting source specific specified start started starting starts state status still stop stopped string
  strings subscription subscriptions success successful successfully such support supported supports system
  take taken takes target temporarily temporary test tests text texts than that the their them then there these they thing things this
  those thread though three through throttled time timed timeout times timestamp title to today together token tokens too took top total
  tried true try trying twice two type types typing
  unable unauthorized unavailable under understand understood unexpected unique unknown unless unlisted unprocessable unreadable unset
  unsupported until unused up update updated updates updating upload uploaded upper uri url urls usable use used user users uses using
  valid validate validated validation value values version very via violated violation visible
  wait waited waiting waits want wanted was way ways we webhook webhooks well went were what when where whether which while who whole
  whose why will with within without word words would write writes writing written wrong
  year yes yet you your yours zero
  `
    .trim()
    .split(/\s+/),
);
