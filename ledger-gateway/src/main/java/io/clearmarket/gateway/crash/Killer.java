package io.clearmarket.gateway.crash;

import io.clearmarket.gateway.replay.ReplayRun;
import io.clearmarket.gateway.up.UpSystem;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Future;

/** Kills a system's gateway and its required attester by plan while a replay runs on it, and starts them again each time. */
final class Killer {
    private static final int LOOK_EVERY_MILLIS = 20;
    private static final String REQUIRED = "AuditMSP";
    private static final Kill NONE = new Kill.AtMoment(0, 0);

    private final UpSystem system;
    private final ReplayRun replay;
    private final PrintStream out;

    /** @param out where each kill is told */
    Killer(UpSystem system, ReplayRun replay, PrintStream out) {
        this.system = system;
        this.replay = replay;
        this.out = out;
    }

    /** Makes ready for the first kill; before the replay starts. */
    void prepare(List<Kill> plan) {
        if (!plan.isEmpty()) {
            startFor(plan.getFirst(), false, false);
        }
    }

    /**
     * Carries out the plan, and leaves a system running that nothing will stop.
     *
     * @return how many kills hit before the replay was over
     */
    int run(List<Kill> plan, Future<?> running) {
        for (int i = 0; i < plan.size(); i++) {
            Kill kill = plan.get(i);
            if (!await(kill, running)) {
                return i;
            }
            boolean attester = kill instanceof Kill.AtAttesterStep;
            if (!attester) {
                system.killGateway();
            }
            out.printf("  kill %d of %d: %s%n", i + 1, plan.size(), kill);
            startFor(i + 1 < plan.size() ? plan.get(i + 1) : NONE, !attester, attester);
        }
        return plan.size();
    }

    /** Starts what has died, and what is to die next. */
    private void startFor(Kill next, boolean gatewayDied, boolean attesterDied) {
        if (gatewayDied || !Kill.ofGateway(next).isEmpty()) {
            system.restartGateway(Kill.ofGateway(next));
        }
        if (attesterDied || !Kill.ofAttester(next).isEmpty()) {
            system.restartAttester(REQUIRED, Kill.ofAttester(next));
        }
    }

    /** True once it is dead, or the gateway is to be killed now; false if the replay was over first. */
    private boolean await(Kill kill, Future<?> running) {
        return switch (kill) {
            case Kill.AtStep step -> {
                while (system.isGatewayAlive() && !running.isDone()) {
                    sleep(LOOK_EVERY_MILLIS);
                }
                yield !system.isGatewayAlive();
            }
            case Kill.AtAttesterStep step -> {
                while (system.isAttesterAlive(REQUIRED) && !running.isDone()) {
                    sleep(LOOK_EVERY_MILLIS);
                }
                yield !system.isAttesterAlive(REQUIRED);
            }
            case Kill.AtMoment moment -> {
                long from = replay.steps();
                while (replay.steps() < from + moment.steps() && !running.isDone()) {
                    sleep(LOOK_EVERY_MILLIS);
                }
                sleep(moment.millis());
                yield !running.isDone();
            }
        };
    }

    private static void sleep(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CrashException("interrupted while waiting for the next kill");
        }
    }
}
