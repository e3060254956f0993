//! Gives memory that was freed back to the system.
//!
//! The system's allocator keeps freed pages for later: after a flood of unread answers, or once the
//! snapshot before a reload is gone, that is hundreds of megabytes that nobody will use again.

/// Returns every free page of the allocator's; takes some milliseconds, so not on a thread that serves.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
pub fn to_the_system() {
    #[expect(unsafe_code, reason = "a function of the C library")]
    // SAFETY: malloc_trim(3) takes the bytes to keep at the top and is safe to call at any time from any
    // thread.
    let returned = unsafe { libc::malloc_trim(0) };
    tracing::debug!(returned, "memory given back");
}

/// Other allocators give memory back by themselves.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
pub const fn to_the_system() {}
