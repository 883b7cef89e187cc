/** Names of runs that nobody named: an adjective and an animal, such as `curious-kittiwake`. */

const ADJECTIVES = words(
  "able agile airy amber ample amused ancient ardent astute atomic autumn azure balmy bashful beaming blithe " +
    "bold bouncy brave breezy brisk bronze bubbly buoyant busy calm candid careful caring cerulean charming " +
    "cheerful chirpy civil clever coastal copper cosmic cozy crafty crimson crisp crystal curious dancing dapper " +
    "daring dashing dazzling deft devoted diligent dreamy dusky eager earnest easygoing ebony elated elegant " +
    "emerald fabled fair faithful fancy fearless festive fiery flashy fleet floating fluffy flying fond friendly " +
    "frosty gallant generous gentle gilded glad gleaming glowing golden graceful grateful gritty hardy hasty " +
    "hazel hearty helpful hidden honest hopeful humble hushed icy idle indigo inky inventive ivory jaunty jazzy " +
    "jolly jovial joyful keen kind knowing laughing lavender leaping lilac lively lofty loyal lucid lucky lunar " +
    "magenta marble maroon mellow merry mighty mindful misty modest mossy musical nifty nimble noble nocturnal " +
    "olive opal orange patient peaceful pearly perky placid playful plucky polite prancing proud prudent purring " +
    "quick quiet quirky radiant rapid rosy roving ruby rustic saffron sage sandy sapphire scarlet serene shining " +
    "shy silent silver sincere sleek smiling snappy snowy soaring solar speedy spirited splendid spotted spry " +
    "stalwart starry steady sterling stoic striped sturdy subtle sunny swift tactful tawny teal tender thoughtful " +
    "thrifty tidy tranquil trusty turquoise upbeat valiant velvet verdant vibrant vigilant violet vivid wandering " +
    "warm watchful whimsical whistling willing wise witty woolly zealous zesty ",
);

const ANIMALS = words(
  "aardvark albatross alpaca anchovy ant anteater antelope armadillo auk avocet axolotl badger barnacle " +
    "barracuda bat beaver bee beetle bison bittern blackbird bluejay boar bobcat bonobo bream buffalo bumblebee " +
    "bunting butterfly buzzard camel caracal cardinal caribou carp cat catfish chaffinch chameleon cheetah " +
    "chickadee chinchilla chipmunk civet clam cod condor coot coral cormorant cougar coyote crab crane cricket " +
    "crow cuckoo curlew deer dingo dolphin donkey dormouse dove dragonfly duck dugong eagle earwig echidna eel " +
    "egret eider elephant elk emu ermine falcon ferret finch firefly flamingo flounder fox frog gannet gazelle " +
    "gecko gerbil gibbon giraffe gnu goat goldfish goose gopher goshawk grasshopper grebe grouse gull guppy " +
    "haddock halibut hamster hare harrier hawk hedgehog heron herring hippo hoopoe hornet horse hummingbird hyena " +
    "ibex ibis iguana impala jackal jackdaw jaguar jay jellyfish kangaroo kestrel kingfisher kite kittiwake kiwi " +
    "koala kookaburra lamprey lapwing lark lemming lemur leopard limpet lion lizard llama lobster loon lynx " +
    "macaque macaw magpie mallard manatee mandrill mantis marlin marmot marten meerkat merlin mink minnow mole " +
    "mongoose moose moth mouse mule mussel narwhal newt nightingale nuthatch ocelot octopus okapi opossum oriole " +
    "oryx osprey ostrich otter owl oyster panda pangolin panther parakeet parrot partridge peacock pelican " +
    "penguin perch petrel pheasant pigeon pika pike platypus plover polecat pony porcupine porpoise possum " +
    "ptarmigan puffin puma quail quokka rabbit raccoon ram raven ray reindeer rhino robin rook salamander salmon " +
    "sandpiper sardine scallop seahorse seal serval shark sheep shrew shrimp skink skua skylark sloth snail snipe " +
    "sparrow spider squid squirrel starfish starling stingray stoat stork sturgeon swallow swan swift tapir " +
    "tarsier tern terrapin thrush tiger toad tortoise toucan trout tuna turkey turtle vole vulture wagtail walrus " +
    "warbler warthog wasp weasel whale wildebeest wolf wolverine wombat woodcock woodpecker wren yak zebra ",
);

/** A new name; with a few ten thousand pairs, names repeat: ids tell runs apart. */
export function randomRunName(random: () => number = Math.random): string {
  return `${pick(ADJECTIVES, random)}-${pick(ANIMALS, random)}`;
}

/** The name itself, or a new one in the place of none. */
export function runNameOr(name: string | null | undefined): string {
  return name == null || name === "" ? randomRunName() : name;
}

function pick(from: readonly string[], random: () => number): string {
  return from[Math.floor(random() * from.length)] ?? "quiet";
}

function words(text: string): readonly string[] {
  return text.trim().split(" ");
}
