package io.clearmarket.network.embedded.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.clearmarket.network.embedded.configtx.ChannelResources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.hyperledger.fabric.protos.ledger.queryresult.KV;
import org.hyperledger.fabric.protos.ledger.rwset.TxReadWriteSet;
import org.hyperledger.fabric.protos.peer.TxValidationCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random blocks against a naive model that keeps every transaction's observations as plain maps and looks again, key by
 * key, whether they still hold.
 */
class ConflictModelTest {
    private static final String NS = "ns";
    private static final String[] KEYS = keys();

    private final NavigableMap<String, String> model = new TreeMap<>(ConflictModelTest::byBytes);
    private WorldState state = WorldState.EMPTY;

    private static String[] keys() {
        String[] keys = new String[130];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = i % 13 == 0 ? "\uD83D\uDE00" + i : i % 17 == 0 ? "\uFFFD" + i : "k%03d".formatted(i);
        }
        return keys;
    }

    private static int byBytes(String a, String b) {
        return Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8));
    }

    /** Bounds that were really looked at, and each key with its version then. */
    private record Scan(String start, String end, boolean endIncluded, Map<String, String> seen) {}

    private record Observed(
            Map<String, String> reads, List<Scan> scans, Map<String, Boolean> writes, TxReadWriteSet results) {}

    private PrivateStateSimulator.Snapshot snapshot() {
        TestChannel channel = LedgerTestCase.CHANNEL;
        return new PrivateStateSimulator.Snapshot(
                state, WorldState.EMPTY, new Definitions(ChannelResources.of(channel.genesis)));
    }

    private Observed simulate(Random random) throws Simulator.Refused {
        Map<String, String> reads = new HashMap<>();
        List<Scan> scans = new ArrayList<>();
        Map<String, Boolean> writes = new HashMap<>();
        try (StateSimulator simulator = new StateSimulator(snapshot(), (namespace, key) -> List.of(), "tx")) {
            for (int i = random.nextInt(8); i > 0; i--) {
                String key = KEYS[random.nextInt(KEYS.length)];
                assertThat(simulator.getState(NS, key).isEmpty()).isEqualTo(!model.containsKey(key));
                reads.put(key, model.getOrDefault(key, "absent"));
            }
            if (random.nextInt(2) == 0) {
                scans.add(scan(simulator, random));
            }
            for (int i = random.nextInt(4); i > 0; i--) {
                String key = KEYS[random.nextInt(KEYS.length)];
                boolean delete = random.nextInt(3) == 0;
                simulator.putState(NS, key, delete ? ByteString.EMPTY : ByteString.copyFromUtf8("v"));
                writes.put(key, delete);
            }
            return new Observed(reads, scans, writes, simulator.results());
        }
    }

    private Scan scan(StateSimulator simulator, Random random) {
        String start = random.nextInt(4) == 0 ? "" : KEYS[random.nextInt(KEYS.length)];
        String end = random.nextInt(4) == 0 ? "" : KEYS[random.nextInt(KEYS.length)];
        Simulator.Batch batch = simulator.range(NS, start, end).next();
        Map<String, String> inRange = new TreeMap<>(ConflictModelTest::byBytes);
        model.forEach((key, version) -> {
            if (byBytes(key, start) >= 0 && (end.isEmpty() || byBytes(key, end) < 0)) {
                inRange.put(key, version);
            }
        });
        List<String> expected = inRange.keySet().stream().limit(100).toList();
        assertThat(batch.results()).extracting(KV::getKey).containsExactlyElementsOf(expected);
        assertThat(batch.hasMore()).isEqualTo(inRange.size() > 100);
        if (!batch.hasMore()) {
            return new Scan(start, end, false, inRange);
        }
        // the 101st was fetched ahead; what lies beyond it was not looked at
        String last = inRange.keySet().stream().skip(100).findFirst().orElseThrow();
        inRange.keySet().removeIf(key -> byBytes(key, last) > 0);
        return new Scan(start, last, true, inRange);
    }

    private TxValidationCode expected(Observed observed, Set<String> touched) {
        for (Map.Entry<String, String> read : observed.reads().entrySet()) {
            boolean same = model.getOrDefault(read.getKey(), "absent").equals(read.getValue());
            if (!same || touched.contains(read.getKey())) {
                return TxValidationCode.MVCC_READ_CONFLICT;
            }
        }
        for (Scan scan : observed.scans()) {
            Map<String, String> now = new HashMap<>();
            model.forEach((key, version) -> {
                int toEnd = scan.end().isEmpty() ? -1 : byBytes(key, scan.end());
                if (byBytes(key, scan.start()) >= 0 && (toEnd < 0 || (toEnd == 0 && scan.endIncluded()))) {
                    now.put(key, version);
                }
            });
            if (!now.equals(scan.seen())) {
                return TxValidationCode.PHANTOM_READ_CONFLICT;
            }
        }
        return TxValidationCode.VALID;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void verdicts_and_state_are_those_of_the_model(int seed) throws Simulator.Refused, InvalidProtocolBufferException {
        Random random = new Random(seed);
        Map<TxValidationCode, Integer> counts = new HashMap<>();
        for (int block = 1; block <= 400; block++) {
            List<Observed> transactions = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                transactions.add(simulate(random));
            }
            UpdateBatch updates = new UpdateBatch(state);
            ConflictRules rules = new ConflictRules(state, updates);
            Set<String> touched = new HashSet<>();
            for (int i = 0; i < transactions.size(); i++) {
                Observed observed = transactions.get(i);
                List<NamespaceReadWrites> parsed =
                        NamespaceReadWrites.parse(observed.results().toByteString());
                TxValidationCode code = rules.check(parsed);
                assertThat(code).isEqualTo(expected(observed, touched));
                counts.merge(code, 1, Integer::sum);
                if (code == TxValidationCode.VALID) {
                    updates.apply(parsed, new Version(block, i));
                    apply(observed, block + "/" + i, touched);
                }
            }
            state = state.with(updates);
        }
        assertThat(counts.values()).hasSize(3).allMatch(count -> count > 20);
    }

    private void apply(Observed observed, String version, Set<String> touched) {
        observed.writes().forEach((key, delete) -> {
            touched.add(key);
            if (delete) {
                model.remove(key);
            } else {
                model.put(key, version);
            }
        });
    }
}
