package io.clearmarket.gateway.crash;

import io.clearmarket.gateway.attester.AttesterStep;
import io.clearmarket.gateway.settlement.SettlementStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** When the gateway, or an attester, dies. */
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
     * The required organisation's attester, in its own process, between two of its instructions.
     *
     * @param passing at which passing of the step, counted from the attester's start
     */
    record AtAttesterStep(AttesterStep step, int passing) implements Kill {
        /** As {@link io.clearmarket.gateway.up.UpSystem#restartAttester} takes it. */
        String setting() {
            return step + ":" + passing;
        }

        @Override
        public String toString() {
            return "of AuditMSP's attester at " + step + (passing == 1 ? "" : ", passing " + passing);
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

    /** What {@code clearmarket.crash-at} of the gateway is to be for this kill. */
    static String ofGateway(Kill kill) {
        return switch (kill) {
            case AtStep step -> step.setting();
            case AtAttesterStep step -> "";
            case AtMoment moment -> "";
        };
    }

    /** The same of the attester. */
    static String ofAttester(Kill kill) {
        return switch (kill) {
            case AtStep step -> "";
            case AtAttesterStep step -> step.setting();
            case AtMoment moment -> "";
        };
    }

    /** Steps that no replay passes: one lies in the attester's process, the others need a chain that is dear, or an attester that is dead for good. */
    Set<SettlementStep> NOT_IN_A_REPLAY = Collections.unmodifiableSet(EnumSet.of(
            SettlementStep.OUTFLOW_RESERVED,
            SettlementStep.TRANSACTION_REPRICED,
            SettlementStep.STANDBY_SIGNED,
            SettlementStep.STANDBY_PERSISTED,
            SettlementStep.STANDBY_SETTLING));

    /** All others of the gateway, and the attester's. */
    private static List<IntFunction<Kill>> steps() {
        return Stream.concat(
                        Stream.of(SettlementStep.values())
                                .filter(step -> !NOT_IN_A_REPLAY.contains(step))
                                .<IntFunction<Kill>>map(step -> passing -> new AtStep(step, passing)),
                        Stream.of(AttesterStep.values())
                                .<IntFunction<Kill>>map(step -> passing -> new AtAttesterStep(step, passing)))
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /**
     * The kills of a run, in order; the same for the same seed. Each step of gateway and attester is among them once, if there are enough
     * kills; the others are at moments.
     *
     * @param stepsInAll how many steps the whole replay takes
     */
    static List<Kill> plan(long seed, int kills, long stepsInAll) {
        Random random = new Random(seed);
        List<IntFunction<Kill>> steps = steps();
        Collections.shuffle(steps, random);
        List<Kill> plan = new ArrayList<>();
        for (IntFunction<Kill> step : steps.subList(0, Math.min(kills, steps.size()))) {
            plan.add(step.apply(1 + random.nextInt(2)));
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
