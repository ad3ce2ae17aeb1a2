package io.clearmarket.network.conformance;

import io.clearmarket.network.FreePorts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The suite's chaincodes: what is defined, and the processes that serve them. */
final class Deployment {
    private static final String BOTH = "AND('MarketMSP.peer','AuditMSP.peer')";

    /** Called for every chaincode library; collections where the network has them. */
    private static final Map<String, String> POLICIES = new LinkedHashMap<>();

    static {
        POLICIES.put("bare", BOTH);
        POLICIES.put("rig", BOTH);
        POLICIES.put("node", BOTH);
        // Market's peer alone may endorse it, so its callee's policy shows
        POLICIES.put("lone", "OR('MarketMSP.peer')");
        POLICIES.put("ordered", "AND('MarketMSP.member','MarketMSP.admin')");
        POLICIES.put("twice", "OutOf(2,'MarketMSP.member','MarketMSP.member')");
        POLICIES.put("stub", "OR('MarketMSP.peer')");
    }

    /** A member of MarketMSP alone holds it. */
    static final String MARKET_ONLY = "marketOnly";
    /** Both hold it, and only members may use it. */
    static final String SHARED = "shared";
    /** Purged two blocks after. */
    static final String SHORT_LIVED = "shortLived";

    private final List<ChaincodeUnderTest> chaincodes;
    private final StubChaincode stub;
    private final ChaincodeFiles files;

    private Deployment(List<ChaincodeUnderTest> chaincodes, StubChaincode stub, ChaincodeFiles files) {
        this.chaincodes = List.copyOf(chaincodes);
        this.stub = stub;
        this.files = files;
    }

    static Deployment plan(Set<Capability> capabilities, Set<Variant> variants, ChaincodeFiles files)
            throws IOException {
        List<ChaincodeUnderTest> chaincodes = new ArrayList<>();
        int stubPort = 0;
        for (Map.Entry<String, String> each : POLICIES.entrySet()) {
            if (isLeftOut(each.getKey(), variants, files)) {
                continue;
            }
            Map<String, Integer> ports = new LinkedHashMap<>();
            for (String mspId : NetworkPlan.MSP_IDS) {
                ports.put(mspId, FreePorts.one());
            }
            if (each.getKey().equals("stub")) {
                stubPort = Objects.requireNonNull(ports.get(NetworkPlan.MARKET));
            }
            chaincodes.add(new ChaincodeUnderTest(
                    each.getKey(), "1", each.getValue(), collections(each.getKey(), capabilities), false, ports));
        }
        return new Deployment(chaincodes, new StubChaincode(stubPort), files);
    }

    private static boolean isLeftOut(String name, Set<Variant> variants, ChaincodeFiles files) {
        return switch (name) {
            case "rig" -> !variants.contains(Variant.CONTRACT);
            case "node" -> !variants.contains(Variant.NODE) || files.node().isEmpty();
            default -> false;
        };
    }

    private static List<ChaincodeUnderTest.Collection> collections(String name, Set<Capability> capabilities) {
        if (!capabilities.contains(Capability.PRIVATE_DATA) || !(name.equals("bare") || name.equals("rig"))) {
            return List.of();
        }
        String market = "OR('MarketMSP.member')";
        String both = "OR('MarketMSP.member','AuditMSP.member')";
        return List.of(
                new ChaincodeUnderTest.Collection(MARKET_ONLY, market, 0, 1, 0, true, true, ""),
                new ChaincodeUnderTest.Collection(SHARED, both, 0, 1, 0, false, false, ""),
                new ChaincodeUnderTest.Collection(SHORT_LIVED, both, 0, 1, 2, false, false, ""));
    }

    List<ChaincodeUnderTest> chaincodes() {
        return chaincodes;
    }

    StubChaincode stub() {
        return stub;
    }

    /** Starts every server. */
    ChaincodePrograms serve(NetworkUnderTest network, Path log) throws IOException {
        List<String> java = new ArrayList<>(files.java());
        List<Integer> ports = new ArrayList<>();
        ChaincodePrograms programs = new ChaincodePrograms(log);
        for (ChaincodeUnderTest chaincode : chaincodes) {
            for (Map.Entry<String, Integer> each : chaincode.ports().entrySet()) {
                String packageId = network.packageId(chaincode.name(), each.getKey());
                switch (chaincode.name()) {
                    case "stub" -> {
                        // the suite itself serves it, below
                    }
                    case "node" -> {
                        programs.start(
                                List.of(
                                        "node",
                                        files.node().orElseThrow().toString(),
                                        "127.0.0.1:" + each.getValue(),
                                        packageId),
                                Map.of());
                        ports.add(each.getValue());
                    }
                    default -> {
                        String kind = chaincode.name().equals("rig") ? "contract" : "bare";
                        java.add(kind + "," + each.getValue() + "," + packageId);
                        ports.add(each.getValue());
                    }
                }
            }
        }
        programs.start(java, Map.of());
        programs.awaitListening(ports);
        stub.serve(network.packageId("stub", NetworkPlan.MARKET));
        return programs;
    }
}
