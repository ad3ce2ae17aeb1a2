package io.clearmarket.gateway;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModulesTest {
    private static final JavaClasses GATEWAY = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.clearmarket.gateway");

    @Test
    void modules_use_each_other_only_as_they_declare() {
        ApplicationModules.of(GatewayApplication.class).verify();
    }

    @Test
    void only_fabric_knows_the_fabric_client() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.clearmarket.gateway.fabric..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.hyperledger.fabric..", "io.grpc..")
                .check(GATEWAY);
    }

    @Test
    void only_chain_knows_web3j_and_the_contracts() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("io.clearmarket.gateway.chain..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.web3j..", "io.clearmarket.contracts.generated..")
                .check(GATEWAY);
    }

    @Test
    void only_chain_and_up_know_the_development_chain() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackages("io.clearmarket.gateway.chain..", "io.clearmarket.gateway.up..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.clearmarket.contracts..")
                .check(GATEWAY);
    }

    @Test
    void our_code_uses_jackson_3_only() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(GATEWAY);
    }
}
