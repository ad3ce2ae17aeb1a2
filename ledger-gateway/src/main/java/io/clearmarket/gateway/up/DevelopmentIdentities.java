package io.clearmarket.gateway.up;

import io.clearmarket.chaincode.api.Role;
import io.clearmarket.wallet.PrivateFiles;
import io.clearmarket.wallet.ca.CertificateRequest;
import io.clearmarket.wallet.ca.DevelopmentCa;
import io.clearmarket.wallet.ca.NodeOu;
import io.clearmarket.wallet.eth.Secp256k1Key;
import io.clearmarket.wallet.identity.MspFolder;
import io.clearmarket.wallet.identity.SigningIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The people of a development system: made once, read again ever after. Real systems have no such place: their people
 * make their own keys.
 */
final class DevelopmentIdentities {
    private static final String PLATFORM = "PlatformMSP";
    private static final String MERCHANTS = "MerchantsMSP";
    private static final String AUDIT = "AuditMSP";

    /** The organisations of every development system. */
    static final List<String> ORGANISATIONS = List.of(PLATFORM, MERCHANTS, AUDIT);

    /** Who there is: name, organisation, role. */
    private static final List<Plan> PLANS = List.of(
            new Plan("buyer", PLATFORM, Role.BUYER),
            new Plan("merchant", MERCHANTS, Role.MERCHANT),
            new Plan("carrier", PLATFORM, Role.CARRIER),
            new Plan("arbiter", AUDIT, Role.ARBITER),
            new Plan("auditor", AUDIT, Role.AUDITOR),
            new Plan("operator", PLATFORM, Role.OPERATOR),
            new Plan("operator-merchants", MERCHANTS, Role.OPERATOR),
            new Plan("operator-audit", AUDIT, Role.OPERATOR),
            new Plan("settlement", PLATFORM, Role.OPERATOR));

    private record Plan(String name, String mspId, Role role) {}

    /**
     * A person's files and keys.
     *
     * @param folder the MSP folder; {@code eth.key} beside its content holds the secp256k1 key in hex
     */
    record Person(String name, Role role, Path folder, SigningIdentity identity, Secp256k1Key address) {
        Path ethKeyFile() {
            return folder.resolve("eth.key");
        }
    }

    private final List<Person> people;

    private DevelopmentIdentities(List<Person> people) {
        this.people = people;
    }

    /**
     * Opens the identities, making those that are missing.
     *
     * @param folder one sub-folder for each name
     * @param organisations the network's organisations folder, with each organisation's CA
     */
    static DevelopmentIdentities open(Path folder, Path organisations) {
        return new DevelopmentIdentities(
                PLANS.stream().map(plan -> open(folder, organisations, plan)).toList());
    }

    List<Person> all() {
        return people;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    Person named(String name) {
        return people.stream()
                .filter(person -> person.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no development identity " + name));
    }

    private static Person open(Path folder, Path organisations, Plan plan) {
        Path own = folder.resolve(plan.name());
        Path ethKey = own.resolve("eth.key");
        if (!Files.exists(ethKey)) {
            DevelopmentCa ca =
                    DevelopmentCa.load(organisations.resolve(plan.mspId()).resolve("ca"));
            SigningIdentity made = ca.issue(CertificateRequest.of(plan.name(), NodeOu.CLIENT)
                    .withAttribute(Role.ATTRIBUTE, plan.role().name().toLowerCase(Locale.ROOT)));
            MspFolder.write(own, made, ca.certificate(), null);
            PrivateFiles.write(
                    ethKey, HexFormat.of().formatHex(Secp256k1Key.generate().privateKey()));
        }
        return new Person(
                plan.name(),
                plan.role(),
                own,
                MspFolder.read(plan.mspId(), own),
                Secp256k1Key.fromPrivateKey(
                        HexFormat.of().parseHex(PrivateFiles.readText(ethKey).strip())));
    }
}
