package io.clearmarket.gateway;

import io.clearmarket.gateway.chain.ChainException;
import io.clearmarket.gateway.fabric.LedgerFailure;
import io.clearmarket.wallet.WalletException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Tells an operator why the gateway does not start in the words of what refused to, not by the hundred lines of who had asked it: what our own code
 * throws at the start on purpose is about the configuration or what it names.
 */
@Order(Ordered.LOWEST_PRECEDENCE)
public final class RefusedConfiguration implements FailureAnalyzer {
    private static final String OURS = "io.clearmarket.";
    private static final List<Class<? extends RuntimeException>> ON_PURPOSE = List.of(
            IllegalStateException.class,
            IllegalArgumentException.class,
            UncheckedIOException.class,
            WalletException.class,
            ChainException.class,
            LedgerFailure.class);

    @Override
    public @Nullable FailureAnalysis analyze(Throwable failure) {
        Throwable refusal = null;
        SQLException database = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (isOnPurpose(each)) {
                refusal = each;
            }
            if (each instanceof SQLException sql) {
                database = sql;
            }
        }
        if (refusal == null && database == null) {
            return null;
        }
        String why = refusal == null
                ? "the database (spring.datasource.url) can't be used: "
                        + Objects.requireNonNull(database).getMessage()
                : message(refusal);
        return new FailureAnalysis(why, "Change the configuration, or what it names, and start again.", failure);
    }

    private static boolean isOnPurpose(Throwable failure) {
        StackTraceElement[] thrown = failure.getStackTrace();
        return thrown.length > 0
                && thrown[0].getClassName().startsWith(OURS)
                && ON_PURPOSE.stream().anyMatch(kind -> kind.isInstance(failure));
    }

    private static String message(Throwable refusal) {
        Throwable cause = refusal.getCause();
        String own = String.valueOf(refusal.getMessage());
        String more = cause == null || cause.getMessage() == null
                ? own
                : cause.getMessage().lines().findFirst().orElse(own);
        return own.contains(more) ? own : own + " (" + more + ")";
    }
}
