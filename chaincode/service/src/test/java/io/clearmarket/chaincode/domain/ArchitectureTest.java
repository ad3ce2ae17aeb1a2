package io.clearmarket.chaincode.domain;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.clearmarket.chaincode", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String RULES = "io.clearmarket.chaincode.domain..";

    /** What is legal when, which clients have too. */
    private static final String TABLE = "io.clearmarket.chaincode.moves..";

    @ArchTest
    static final ArchRule rules_know_nothing_of_fabric = classes()
            .that()
            .resideInAnyPackage(RULES, TABLE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    RULES,
                    TABLE,
                    "io.clearmarket.chaincode.api..",
                    "io.clearmarket.wallet..",
                    "java.lang..",
                    "java.util..",
                    "java.math..",
                    "java.time..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule rules_have_no_clock_chance_float_or_locale = noClasses()
            .that()
            .resideInAnyPackage(RULES, TABLE)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    java.time.Clock.class,
                    java.util.Random.class,
                    java.util.UUID.class,
                    java.util.Locale.class,
                    Float.class,
                    Double.class,
                    float.class,
                    double.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "getenv", String.class)
            .orShould()
            .callMethod(Math.class, "random");

    @ArchTest
    static final ArchRule nothing_asks_the_shim_for_its_msp_id =
            noClasses().should().callMethod(org.hyperledger.fabric.shim.ChaincodeStub.class, "getMspId");
}
