import { flow, getRunLogger, isMain, task } from "prefect-ts";

const roll = task({ name: "roll", retries: 5, retryDelaySeconds: 0.1 }, (player: string) => {
  if (Math.random() < 0.3) throw new Error(`${player}'s die fell off the table`);
  const score = 1 + Math.floor(Math.random() * 6);
  getRunLogger().info(`${player} rolled ${score}`);
  return { player, score };
});

const game = flow({ name: "game", logPrints: true }, async (...players: string[]) => {
  const rolls = roll.map(players);
  const [winner] = (await rolls.result()).sort((a, b) => b.score - a.score);
  console.log(`${winner?.player} wins`);
  return winner;
});

if (isMain(import.meta)) await game("Ada", "Grace", "Edsger");
