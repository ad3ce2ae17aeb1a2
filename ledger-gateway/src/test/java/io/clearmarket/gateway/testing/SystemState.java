package io.clearmarket.gateway.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * All that requests could have changed: the height of every peer's ledger, and a hash of every table's rows, but of those that the
 * sender of webhooks writes by itself: it may be trying again what another test has left.
 *
 * @param heights blocks by organisation
 * @param tables MD5 of the sorted rows by table
 */
public record SystemState(Map<String, Long> heights, Map<String, String> tables) {
    /** The state now. */
    public static SystemState of(GatewayTestSystem system) {
        Map<String, Long> heights = new TreeMap<>();
        system.organizations()
                .forEach(organization -> heights.put(organization.mspId(), system.height(organization.mspId())));
        JdbcClient jdbc = system.context().getBean(JdbcClient.class);
        Map<String, String> tables = new TreeMap<>();
        List<String> names = new ArrayList<>(jdbc.sql("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
                        + " AND tablename NOT IN ('webhook_attempt', 'webhook_delivery')")
                .query(String.class)
                .list());
        for (String table : names) {
            tables.put(
                    table,
                    jdbc.sql("SELECT coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM " + table + " t")
                            .query(String.class)
                            .single());
        }
        return new SystemState(heights, tables);
    }

    /** What does not change by itself while the chain goes on: its follower writes down how far it has come. */
    public static SystemState atRest(GatewayTestSystem system, Duration observed) throws InterruptedException {
        SystemState first = of(system);
        Thread.sleep(observed);
        SystemState now = of(system);
        Map<String, String> still = new TreeMap<>(now.tables());
        still.entrySet().retainAll(first.tables().entrySet());
        return new SystemState(now.heights(), still);
    }

    /** This one of those tables only. */
    public SystemState sameTablesAs(SystemState other) {
        Map<String, String> those = new TreeMap<>(tables);
        those.keySet().retainAll(other.tables().keySet());
        return new SystemState(heights, those);
    }

    /** The state once it has not changed for a second: blocks are read a moment after they are committed. */
    public static SystemState settled(GatewayTestSystem system) throws InterruptedException {
        SystemState last = of(system);
        while (true) {
            Thread.sleep(1_000);
            SystemState now = of(system);
            if (now.equals(last)) {
                return now;
            }
            last = now;
        }
    }
}
