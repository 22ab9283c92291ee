//! Every operation of the generated crates.

use std::fmt::Debug;

use wirewright::{
    call::{Nothing, Operation, Request},
    wire::OwnedMessage,
};

/// What is done with each operation: `R` is its request, `C`, `O` and `S` are the client's, the call's and the session's
/// parameters.
pub(crate) trait Visit {
    /// One operation.
    fn operation<R, C, O, S>(&mut self)
    where
        R: Request + PartialEq + Debug,
        R::Envelope: PartialEq + Debug,
        R::FailedEnvelope: PartialEq + Debug,
        R::Answer: Clone + PartialEq + Debug,
        R::Failure: Clone + PartialEq,
        C: OwnedMessage + PartialEq + Debug + Sync,
        O: OwnedMessage + PartialEq + Debug + Sync,
        S: OwnedMessage + PartialEq + Debug + Sync;
}

/// The operations by vendor.
pub(crate) static OPERATIONS: [&[&Operation]; 3] =
    [&nina::server::OPERATIONS, &ten_ten_data::server::OPERATIONS, &videntity::server::OPERATIONS];

/// Visits the operations of the named modules, which have the client's, the call's and the session's parameters in common.
macro_rules! operations {
    ($visit:ident, $client:ty, $call:ty, $session:ty: $($group:ident { $($operation:ident)* })*) => {
        $($($visit.operation::<$group::$operation::Request, $client, $call, $session>();)*)*
    };
}

/// Visits every operation. Those with sessions of several kinds have the parameters of the first.
pub(crate) fn each(visit: &mut impl Visit) {
    nina(visit);
    {
        use ten_ten_data::{
            PoolSessionParameters, UserSessionParameters, directory, pool, query, session, table, users,
        };
        operations!(
            visit, Nothing, Nothing, UserSessionParameters:
            directory { dir dropdir getdir listdir mkdir putdir }
            query { getdata query querydata }
            session { clear logout settings }
            table { gettab puttab savetable tabinfo upload }
            users { getuser }
        );
        operations!(
            visit, Nothing, Nothing, Nothing:
            pool { flushpool getuid resetpool samstatus warmpool }
            session { login }
        );
        operations!(visit, Nothing, Nothing, PoolSessionParameters: pool { reluid });
    }
    {
        use videntity::{SessionParameters, associate, message, session, r#static, transaction, user};
        operations!(
            visit, Nothing, Nothing, SessionParameters:
            associate { create update }
            message { update }
            session { login ping logout }
            r#static { upload_enroll_message }
            transaction { send read upload_inquiry }
            user { create create_2008 read update delete }
        );
    }
}

fn nina(visit: &mut impl Visit) {
    use nina::{
        AimSessionParameters, CallOptions, ClientParameters, ClientSessionParameters, WebSessionParameters,
        aim, auth, buddyfeed, buddylist, chat, conversation, expressions, im, imlog, location, member_dir,
        preference, presence,
    };
    operations!(
        visit, ClientParameters, CallOptions, Nothing:
        auth { client_login get_token get_captcha login }
        expressions { get }
        location { get_ranked_users get_im_conversations google_earth_kml get_ranked_users_kml get_im_conversations_kml }
        aim { get_start_page }
        presence { icon }
    );
    operations!(
        visit, ClientParameters, CallOptions, ClientSessionParameters:
        aim { start_session start_oscar_session get_vanity_info }
        auth { get_info logout client2web }
        buddyfeed { get_user get_buddylist push_feed }
        im { send_im }
        preference { set get set_permit_deny get_permit_deny }
        presence { get set_status set_profile get_profile }
    );
    operations!(
        visit, ClientParameters, CallOptions, WebSessionParameters:
        auth { get_web_info }
    );
    operations!(
        visit, ClientParameters, CallOptions, AimSessionParameters:
        aim {
            fetch_events delete_events end_session add_temp_buddy remove_temp_buddy set_forward_domain get_data
        }
        buddylist {
            add_buddy add_group remove_buddy remove_group rename_group move_buddy set_buddy_attribute
            set_group_attribute
        }
        chat { create_and_join_chat send_message set_typing leave_chat }
        conversation { update close }
        im { set_typing send_data_im }
        imlog { fetch_stored_ims mark_read }
        member_dir { get search update }
        presence { set_state }
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Names(Vec<(&'static str, &'static str)>);

    impl Visit for Names {
        fn operation<R, C, O, S>(&mut self)
        where
            R: Request + PartialEq + Debug,
            R::Envelope: PartialEq + Debug,
            R::FailedEnvelope: PartialEq + Debug,
            R::Answer: Clone + PartialEq + Debug,
            R::Failure: Clone + PartialEq,
            C: OwnedMessage + PartialEq + Debug + Sync,
            O: OwnedMessage + PartialEq + Debug + Sync,
            S: OwnedMessage + PartialEq + Debug + Sync,
        {
            self.0.push((R::OPERATION.protocol.title, R::OPERATION.name));
        }
    }

    #[test]
    fn no_operation_of_a_vendor_is_left_out() {
        let mut visited = Names::default();
        each(&mut visited);
        visited.0.sort_unstable();
        let mut offered: Vec<_> =
            OPERATIONS.concat().iter().map(|operation| (operation.protocol.title, operation.name)).collect();
        offered.sort_unstable();
        assert_eq!(visited.0, offered);
    }
}
