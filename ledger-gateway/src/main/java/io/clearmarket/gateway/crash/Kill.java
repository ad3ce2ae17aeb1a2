package io.clearmarket.gateway.crash;

import io.clearmarket.gateway.settlement.SettlementStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** When the gateway dies. */
sealed interface Kill {
    /**
     * At a settlement step, between two of its instructions.
     *
     * @param passing at which passing of the step, counted from the gateway's start
     */
    record AtStep(SettlementStep step, int passing) implements Kill {
        /** As {@code clearmarket.crash-at} takes it. */
        String setting() {
            return step + ":" + passing;
        }

        @Override
        public String toString() {
            return "at " + step + (passing == 1 ? "" : ", passing " + passing);
        }
    }

    /**
     * From outside (SIGKILL), at a moment of the replay: its progress and not the time, so that a slow machine kills at the
     * same places.
     *
     * @param steps how many steps of orders after the last kill
     * @param millis how long after that step
     */
    record AtMoment(long steps, int millis) implements Kill {
        @Override
        public String toString() {
            return "by SIGKILL " + millis + " ms after " + steps + (steps == 1 ? " step" : " steps");
        }
    }

    /** What {@code clearmarket.crash-at} is to be for this kill. */
    static String setting(Kill kill) {
        return switch (kill) {
            case AtStep step -> step.setting();
            case AtMoment moment -> "";
        };
    }

    /**
     * The kills of a run, in order; the same for the same seed. Each settlement step is among them once, if there are enough
     * kills; the others are at moments.
     *
     * @param stepsInAll how many steps the whole replay takes
     */
    static List<Kill> plan(long seed, int kills, long stepsInAll) {
        Random random = new Random(seed);
        List<SettlementStep> steps = new ArrayList<>(List.of(SettlementStep.values()));
        Collections.shuffle(steps, random);
        List<Kill> plan = new ArrayList<>();
        for (SettlementStep step : steps.subList(0, Math.min(kills, steps.size()))) {
            plan.add(new AtStep(step, 1 + random.nextInt(2)));
        }
        // on average half of what would use the replay up, since steps take their time too
        int longest = (int) Math.max(1, stepsInAll / Math.max(1, kills));
        while (plan.size() < kills) {
            plan.add(new AtMoment(1 + random.nextInt(longest), random.nextInt(500)));
        }
        Collections.shuffle(plan, random);
        return plan;
    }
}
