package org.diptych.service.campaign;

import java.util.List;
import java.util.UUID;
import org.springframework.data.jpa.repository.JpaRepository;

interface Members extends JpaRepository<Member, Member.Id> {
    List<Member> findByIdCampaignAndRole(UUID campaign, MemberRole role);
}
